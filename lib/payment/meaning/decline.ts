import { adviceOf, type Advice } from "./advice-code.js";
import type { Actor, DeclineReason, Judgement, WaysOn } from "./decline-reason.js";
import { UNKNOWN_CODE } from "./match.js";
import { rawJudgementOf } from "./raw-code.js";
import { judgementOf } from "./result-code.js";
import type { PaymentResultInfo } from "../result-info.js";

/** A failed payment, explained: why, who must act, and what can help. For the shop; what a buyer may read is another text. */
export interface Decline extends WaysOn {
  /** Antom's result code, where it told one. */
  readonly code?: string;
  readonly reason: DeclineReason;
  readonly actor: Actor;
  /** One sentence for the shop's staff. */
  readonly meaning: string;
  /** The card scheme's advice (`merchantAdviceCode`). */
  readonly adviceCode?: string;
  readonly adviceMeaning?: string;
  /** How long to leave the same card alone, in milliseconds after the refusal, where the scheme says so. */
  readonly retryAfter?: number;
  /** The bank's own code (`refusalCodeRaw`). */
  readonly rawCode?: string;
  readonly rawMeaning?: string;
}

/** Reasons that say little: the bank's own code knows better. */
const VAGUE: ReadonlySet<DeclineReason> = new Set(["bank", "system", "unknown"]);

/** Reasons that are not about the card: what its scheme advises changes nothing. */
const NOT_THE_CARD: ReadonlySet<DeclineReason> = new Set(["order", "shop", "risk"]);

/** Explains a failure by Antom's code, the bank's own, and the card scheme's advice, each where it is told. */
export function declineOf(code: string | undefined, info: PaymentResultInfo = {}): Decline {
  const { merchantAdviceCode: adviceCode, refusalCodeRaw: rawCode } = info;
  const raw = rawCode === undefined ? undefined : rawJudgementOf(rawCode);
  const advice = adviceCode === undefined ? undefined : adviceOf(adviceCode);
  const told = judgementOf(code);
  const why = raw !== undefined && raw.reason !== "unknown" && VAGUE.has(told.reason) ? raw : told;
  const { reason, actor } = why;
  const retryAfter = helpful(why, advice) ? advice?.retryAfter : undefined;
  return {
    ...(code === undefined ? {} : { code }),
    reason,
    actor,
    ...ways(why, raw?.isFinal === true, advice),
    meaning: told.meaning,
    ...(adviceCode === undefined ? {} : { adviceCode, adviceMeaning: advice?.meaning ?? UNKNOWN_CODE }),
    ...(retryAfter === undefined || raw?.isFinal === true ? {} : { retryAfter }),
    ...(rawCode === undefined ? {} : { rawCode, rawMeaning: raw?.meaning ?? UNKNOWN_CODE }),
  };
}

const helpful = ({ reason }: Judgement, advice: Advice | undefined): boolean =>
  advice?.later === true && !NOT_THE_CARD.has(reason);

/** "Never" outweighs "later", which outweighs what the codes alone would say. */
function ways({ sameCard, otherCard, later, ...why }: Judgement, isFinal: boolean, advice: Advice | undefined): WaysOn {
  if (isFinal || advice?.never === true) return { sameCard: false, otherCard, later: false };
  return helpful({ sameCard, otherCard, later, ...why }, advice)
    ? { sameCard: false, otherCard, later: true }
    : { sameCard, otherCard, later };
}

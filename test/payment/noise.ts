import fc from "fast-check";
import type { Fact, ObservationSource } from "../../lib/payment/observation.js";
import { EUR, ID, MINUTE, T0 } from "./a-payment.js";
import type { Told } from "./antom-model.js";
import {
  ACTION,
  CANCELLED,
  CLOSED,
  CLOSING,
  deadline,
  DECLINED,
  dispute,
  MISSING,
  PROCESSING,
  requested,
  REVERSED,
  SUCCESS,
  told,
  UNANSWERED,
  UNNEEDED,
} from "./facts.js";

/** What else can be heard of a payment, and whether the order had another live payment just then. */
export interface Noise extends Told {
  readonly otherIsLive?: boolean;
}

const from = (source: ObservationSource, ...facts: readonly Fact[]) => facts.map((fact) => ({ source, facts: [fact] }));

const NOISES: readonly Told[] = [
  ...from("pay", UNANSWERED),
  ...from("void", { ...UNANSWERED, operation: "void" }, { ...UNANSWERED, operation: "void", refused: true }),
  ...from("inquiry", MISSING, PROCESSING, CANCELLED, ACTION),
  ...from(
    "clock",
    deadline("payment"),
    deadline("warning"),
    deadline("last"),
    deadline("hold"),
    requested("void", undefined, 7),
    { ...CLOSING, operation: { ...CLOSING.operation, id: `${ID}V5` } },
    { ...UNNEEDED, operation: `${ID}V5` },
  ),
  ...from("command", requested("void", undefined, 8), requested("void", undefined, 9)),
  ...from("command", requested("refund", "1", 7), requested("capture", "1", 7), requested("increase", "999999", 7)),
  ...from("command", { kind: "repeated", expiresAt: T0 + 20 * MINUTE }),
  // Contradictions: none of these agrees with all plans.
  ...from("notification", DECLINED, CLOSED, SUCCESS, REVERSED),
  ...from("notification", dispute("DISPUTE_CREATED", "D2"), dispute("DISPUTE_CREATED", "D2", "SOMEBODY-ELSES")),
  ...from("void", told("void", undefined, { nth: 8 }), told("void", undefined, { nth: 9, outcome: "failed" })),
  // What cannot be about this payment.
  ...from("notification", { ...SUCCESS, amount: { currency: "USD", value: "10000" } }),
  ...from("notification", { ...SUCCESS, paymentId: "SOMEBODY-ELSES" }),
  ...from("notification", { ...SUCCESS, amount: EUR("999999999999") }),
  ...from("notification", told("capture", undefined, { nth: 5 }), told("refund", undefined, { nth: 5 })),
  ...from("notification", told("capture", undefined, { nth: 6 }), told("refund", undefined, { nth: 6 })),
  ...from("notification", told("capture", "9999999999999", { nth: 9 }), told("refund", "9999999999999", { nth: 9 })),
  { source: "inquiry", facts: [] },
  { source: "void", facts: [deadline("payment"), told("void", undefined, { nth: 8 })] },
];

export const noise: fc.Arbitrary<Noise> = fc
  .record({ told: fc.constantFrom(...NOISES), otherIsLive: fc.boolean() })
  .map(({ told, otherIsLive }) => ({ ...told, otherIsLive }));

import type { Acquired, AcquirerInfo } from "../payment/acquirer-info.js";
import { membersOf, readTexts, textOf, withoutCardNumbers } from "./lenient.js";
import { compact } from "./wire.js";

/** The fields that tell of the acquirer. Only some accounts (POP / APO) have them, so whatever stands in them is let in. */
export const acquirerFields = { acquirerInfo: {}, acquirerReferenceNo: {} } as const;

export interface WireAcquired {
  acquirerInfo?: unknown;
  acquirerReferenceNo?: unknown;
}

/** The members of `acquirerInfo`, 64 characters each (Antom), with room for the acquirer's own words. `acquirerCardToken` is not among them. */
const TEXTS = {
  acquirerName: 64,
  referenceRequestId: 64,
  acquirerTransactionId: 64,
  acquirerMerchantId: 64,
  acquirerMerchantName: 64,
  acquirerResultCode: 64,
  acquirerResultMessage: 256,
  acquirerReasonDescription: 256,
  ptspTransactionId: 64,
} as const satisfies Readonly<Record<keyof AcquirerInfo, number>>;

const NOTHING: AcquirerInfo = Object.freeze({});

function readAcquirerInfo(wire: unknown): AcquirerInfo {
  if (wire === undefined) return NOTHING;
  const texts = readTexts(membersOf(wire), TEXTS);
  return compact({
    ...texts,
    acquirerResultMessage: withoutCardNumbers(texts.acquirerResultMessage),
    acquirerReasonDescription: withoutCardNumbers(texts.acquirerReasonDescription),
  });
}

/**
 * What a message tells of the acquirer. Some APIs have `acquirerInfo` inside `paymentResultInfo`: then that fills the gaps.
 *
 * @param arn what notifyRefund calls the acquirer's reference number
 */
export function readAcquired(wire: WireAcquired, resultInfo?: unknown, arn?: unknown): Acquired {
  const acquirerInfo = {
    ...readAcquirerInfo(membersOf(resultInfo)["acquirerInfo"]),
    ...readAcquirerInfo(wire.acquirerInfo),
  };
  return compact({
    acquirerInfo: Object.keys(acquirerInfo).length === 0 ? undefined : acquirerInfo,
    acquirerReferenceNo: textOf(wire.acquirerReferenceNo, 64) ?? textOf(arn, 64),
  });
}

/**
 * Who acquired the payment, with an account that routes to several acquirers (POP / APO). Antom's `acquirerInfo`, without the
 * acquirer's own card token, which is not kept.
 */
export interface AcquirerInfo {
  readonly acquirerName?: string;
  readonly referenceRequestId?: string;
  readonly acquirerTransactionId?: string;
  readonly acquirerMerchantId?: string;
  readonly acquirerMerchantName?: string;
  readonly acquirerResultCode?: string;
  /** The acquirer's own words, as the next one. For the shop; a buyer is never shown them. */
  readonly acquirerResultMessage?: string;
  readonly acquirerReasonDescription?: string;
  readonly ptspTransactionId?: string;
}

/** What a message tells of the acquirer. */
export interface Acquired {
  readonly acquirerInfo?: AcquirerInfo;
  /** The acquirer's reference number (ARN), by which a bank finds the transaction. */
  readonly acquirerReferenceNo?: string;
}

/** What is known of the acquirer, with the gaps filled from what has come now. */
export function acquired(known: Acquired | undefined, told: Acquired): Acquired {
  const acquirerInfo = { ...told.acquirerInfo, ...known?.acquirerInfo };
  const acquirerReferenceNo = known?.acquirerReferenceNo ?? told.acquirerReferenceNo;
  return {
    ...(Object.keys(acquirerInfo).length > 0 ? { acquirerInfo } : {}),
    ...(acquirerReferenceNo === undefined ? {} : { acquirerReferenceNo }),
  };
}

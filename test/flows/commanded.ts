import type { Antom, CommandRequest, IncreaseRequest, PaymentView } from "../../lib/index.js";
import type { OperationKind } from "../../lib/payment/operation.js";

/** A command of any kind, whose request has the amount that the kind needs. */
export const commanded = (
  payments: Antom["payments"],
  kind: OperationKind,
  id: string,
  request: CommandRequest = {},
): Promise<PaymentView> => payments[kind](id, request as IncreaseRequest);

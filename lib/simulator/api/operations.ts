import type { ApiOperation } from "../faults.js";
import { cancel } from "./cancel.js";
import { capture } from "./capture.js";
import { consult } from "./consult.js";
import { inquiryPayment } from "./inquiry-payment.js";
import { inquiryRefund } from "./inquiry-refund.js";
import type { Operation } from "./operation.js";
import { pay } from "./pay.js";
import { refund } from "./refund.js";
import { updateAmount } from "./update-amount.js";

/** Every operation of the API that is simulated, by the last part of its path. */
export const OPERATIONS: Readonly<Record<ApiOperation, Operation>> = {
  pay,
  inquiryPayment,
  cancel,
  capture,
  refund,
  inquiryRefund,
  updateAmount,
  consult,
};

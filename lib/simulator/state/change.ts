import { Ajv } from "ajv";
import type { Notification } from "./notification.js";
import type { Payment, StoredCard } from "./payment.js";

/** What changed at once: kept, or lost, as a whole. */
export interface Change {
  readonly payment?: Payment;
  readonly notifications?: readonly Notification[];
  readonly storedCard?: StoredCard;
}

const text = { type: "string" };
const time = { type: "number" };
const list = { type: "array", items: { type: "object" } };

const notification = {
  type: "object",
  required: ["id", "notifyType", "paymentId", "body", "createdAt", "state", "step", "attempts"],
  properties: {
    id: text,
    body: text,
    state: text,
    url: text,
    step: time,
    createdAt: time,
    nextAt: time,
    attempts: list,
  },
};

const payment = {
  type: "object",
  required: [
    "paymentId",
    "paymentRequestId",
    "secret",
    "mode",
    "status",
    "code",
    "amount",
    "captureMode",
    "wish",
    "redirectUrl",
    "createdAt",
    "expiresAt",
    "captures",
    "refunds",
    "increases",
    "disputes",
  ],
  properties: {
    paymentId: text,
    paymentRequestId: text,
    secret: text,
    status: { enum: ["PROCESSING", "SUCCESS", "FAIL", "CANCELLED"] },
    mode: { enum: ["hosted", "direct", "issuer"] },
    captures: { type: "array", items: { type: "object", required: ["status"] } },
    refunds: list,
    increases: list,
    disputes: list,
    refused: list,
    amount: { type: "object", required: ["currency", "value"], properties: { currency: text, value: text } },
  },
};

/** Whether something read back from the log is a change: enough of its shape to be sure that this version wrote it. */
export const isChange = new Ajv({ strict: false }).compile<Change>({
  type: "object",
  additionalProperties: false,
  properties: {
    payment,
    notifications: { type: "array", items: notification },
    storedCard: {
      type: "object",
      required: ["token", "card", "networkTransactionIds"],
      properties: { token: text, networkTransactionIds: { type: "array", items: text } },
    },
  },
});

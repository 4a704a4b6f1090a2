export { createAntom, type Antom } from "./antom.js";
export type { Payments } from "./payments.js";
export type { AntomOptions } from "./options.js";
export {
  AntomError,
  ERRORS,
  isAntomError,
  type AntomErrorCode,
  type AntomErrorDetails,
  type Problem,
} from "./errors.js";

export type { Amount } from "./payment/amount.js";
export type { Address, Buyer, Goods, Order, Shipping, UserName } from "./payment/order.js";
export type {
  BuyerAction,
  CaptureMode,
  Conflict,
  Dispute,
  PaymentResultInfo,
  PaymentStatus,
  ThreeDSResult,
} from "./payment/payment.js";
export type { Operation, OperationKind, OperationStatus } from "./payment/operation.js";
export { EVENTS, type EventType } from "./payment/events.js";
export type { PaymentEvent, PaymentView } from "./payment/event.js";
export type { JournalEntry } from "./payment/journal.js";
export type { Hook, HookContext, Hooks } from "./ledger/hooks.js";

export type { GatewayRegion } from "./gateway/paths.js";
export { TransportError } from "./gateway/transport.js";
export type { Transport, TransportFailure, TransportRequest, TransportResponse } from "./gateway/transport.js";
export type { Clock, Logger, Random } from "./ports.js";
export type { OrderFunction } from "./routers/checkout.js";
export type { RouteName } from "./routers/links.js";
export type { ResultPage } from "./routers/return.js";
export type { Outcome } from "./pages/result-page.js";
export type * from "./storage/storage.js";

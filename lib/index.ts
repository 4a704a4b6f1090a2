export { createAntom, type Antom } from "./antom.js";
export type { Payments } from "./payments.js";
export type { AntomOptions, ContractOptions } from "./options.js";
export type { CommandRequest, IncreaseRequest, VoidRequest } from "./ledger/commands.js";
export type { PaymentQuery } from "./ledger/list-query.js";
export type { Pruned, PruneOptions } from "./ledger/prune.js";
export { isPaid, restsSince } from "./payment/at-rest.js";
export { ATTENTIONS, attentionOf, type Attention } from "./payment/attention.js";
export type { CaptureContract } from "./payment/permit.js";
export { REMEDY_ACTIONS, remedyOf, type Remedy, type RemedyAction } from "./payment/meaning/remedy.js";
export type { Authorized, AuthorizeFunction, Permission } from "./routers/operations/access.js";
export type { ChargeRequest } from "./ledger/charge.js";
export type { BuyerFunction } from "./routers/buyer.js";
export type { CardDetails } from "./payment/card-details.js";
export type { StoredCard, StoredCardView } from "./payment/stored-card.js";
export {
  AntomError,
  ERRORS,
  isAntomError,
  type AntomErrorCode,
  type AntomErrorDetails,
  type Problem,
} from "./errors.js";

export type { Amount } from "./payment/amount.js";
export type {
  Address,
  Buyer,
  CreditPayPlan,
  DeviceEnvironment,
  Goods,
  MpiData,
  Order,
  Shipping,
  UserName,
} from "./payment/order.js";
export type {
  BuyerAction,
  CaptureMode,
  Conflict,
  Dispute,
  CardConsent,
  Evidence,
  Payment,
  PaymentStatus,
} from "./payment/payment.js";
export type { AcquirerInfo } from "./payment/acquirer-info.js";
export type { CreditPayPlanResult, PaymentResultInfo, ThreeDSResult } from "./payment/result-info.js";
export type { Checks } from "./payment/meaning/checks.js";
export type { AvsCheck } from "./payment/meaning/avs.js";
export type { CvvCheck } from "./payment/meaning/cvv.js";
export type { Authentication, CodeMeaning, ThreeDSCheck } from "./payment/meaning/three-ds.js";
export type { Match } from "./payment/meaning/match.js";
export type { Decline } from "./payment/meaning/decline.js";
export { DECLINE_REASONS, type Actor, type DeclineReason, type WaysOn } from "./payment/meaning/decline-reason.js";
export type { BuyerDecline } from "./pages/buyer-decline.js";
export { PAYMENT_METHODS, type PaymentChoice, type PaymentMethodName, type RecurringType } from "./payment/method.js";
export type { Operation, OperationKind, OperationStatus } from "./payment/operation.js";
export { EVENTS, type EventType } from "./payment/events.js";
export type { EventPayment, PaymentEvent, PaymentView } from "./payment/event.js";
export type { DisputeFact, Fact, Observation, ObservationSource } from "./payment/observation.js";
export type { JournalEntry } from "./payment/journal.js";
export type { DeliverTask, Task, TaskChange, TaskKind } from "./payment/task.js";
export type { Hook, HookContext, Hooks, TransactionClient } from "./ledger/hooks.js";

export type { GatewayRegion } from "./gateway/paths.js";
export { TransportError } from "./gateway/transport.js";
export type { Transport, TransportFailure, TransportRequest, TransportResponse } from "./gateway/transport.js";
export type { Clock, Logger, Random } from "./ports.js";
export type { OrderFunction } from "./routers/checkout.js";
export type { RouteName } from "./routers/links.js";
export type { ResultPage } from "./routers/shop-page.js";
export type { Outcome } from "./pages/result-page.js";
export type * from "./storage/storage.js";

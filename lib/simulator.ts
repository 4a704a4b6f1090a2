/** A local Antom, good enough to develop a shop against (docs/simulator.md). */

export { createSimulator } from "./simulator/simulator.js";
export type { OwnNotification, Simulator } from "./simulator/simulator.js";
export type { SimulatorOptions } from "./simulator/options.js";
export type { SimulatorCredentials } from "./simulator/operator/credentials.js";
export type { DisputeRequest } from "./simulator/operator/dispute.js";
export type { SimulatorDispute } from "./simulator/operator/disputes.js";
export { OperatorProblem } from "./simulator/operator/problem.js";
export type { SimulatorReversal } from "./simulator/operator/reversal.js";
export { DISPUTE_STEPS } from "./simulator/state/payment.js";
export type { DisputeStep, DisputeType, JudgedResult } from "./simulator/state/payment.js";
export { AMOUNTS_TO_TRY } from "./simulator/life/amounts-to-try.js";
export type { AmountToTry } from "./simulator/life/amounts-to-try.js";
export type { Ledger } from "./simulator/operator/ledger.js";
export type { SimulatorNotification, SimulatorPayment } from "./simulator/operator/views.js";
export type { SimulatorRequest } from "./simulator/request-log.js";
export { FaultProblem } from "./simulator/faults.js";
export type { Fault, FaultRequest } from "./simulator/faults.js";
export { TEST_CARDS } from "./simulator/card/test-cards.js";
export type { CardOutcome, TestCard } from "./simulator/card/test-card.js";
export { RESEND_SCHEDULE } from "./simulator/durations.js";

import { isAntomError } from "../errors.js";
import type { Operation, OperationKind } from "../payment/operation.js";
import type { Payment } from "../payment/payment.js";
import type { Clock, Logger } from "../ports.js";
import type { ClaimedTask, Storage, TaskOutcome } from "../storage/storage.js";

/** How long to wait before an operation is sent or asked about again while its outcome is unknown, in seconds. Then every hour. */
export const OPERATION_DELAYS = [2, 5, 15, 60, 300, 900] as const;
const SECOND = 1000;
const HOUR = 3600 * SECOND;

/**
 * One step of carrying an operation through: sends it, always with the same id, or asks what became of it, and records the answer.
 *
 * @param attempts how often it has been tried before, in this or an earlier process
 */
export type Step = (payment: Payment, operation: Operation, attempts: number) => Promise<Payment>;

export interface Carrier {
  /**
   * Takes the next step of a pending operation. Asked for several times at once, it takes one. Where the storage is away meanwhile, the payment
   * comes back as it was: the operation is written down and may have been sent, so that nobody is to ask for it anew.
   *
   * @param isNew it has just been written down, and nobody can have sent it yet
   */
  carry(payment: Payment, operation: Operation, isNew: boolean): Promise<Payment>;
  /** The worker's share: stays at an operation until its outcome is known. */
  handle(claimed: ClaimedTask): Promise<TaskOutcome>;
}

export interface CarrierParts {
  readonly storage: Storage;
  readonly clock: Clock;
  readonly logger: Logger;
  readonly steps: Readonly<Record<OperationKind, Step>>;
}

export function createCarrier({ storage, clock, logger, steps }: CarrierParts): Carrier {
  const underWay = new Map<string, Promise<Payment>>();

  const step = (payment: Payment, operation: Operation, attempts: number): Promise<Payment> => {
    const taken = underWay.get(operation.id);
    if (taken !== undefined) return taken;
    const taking = steps[operation.kind](payment, operation, attempts).finally(() => underWay.delete(operation.id));
    underWay.set(operation.id, taking);
    return taking;
  };

  return {
    async carry(payment, operation, isNew) {
      try {
        return await step(payment, operation, isNew ? 0 : 1);
      } catch (error) {
        if (!isAntomError(error) || error.code !== "storage_unavailable") throw error;
        const { id, kind } = operation;
        logger.warn(
          { event: "operation.unsettled", payment: payment.id, operation: id, kind, err: error },
          "what came of an operation could not be stored; the worker carries it through",
        );
        return payment;
      }
    },
    async handle({ task, attempts }) {
      if (!("operation" in task)) return { done: true };
      const before = await storage.get(task.payment);
      const operation = before === undefined ? undefined : pending(before, task.operation);
      if (before === undefined || operation === undefined) return { done: true };
      const after = await step(before, operation, attempts);
      if (pending(after, task.operation) === undefined) return { done: true };
      const seconds = OPERATION_DELAYS[attempts - 1];
      return { again: clock.now() + (seconds === undefined ? HOUR : seconds * SECOND) };
    },
  };
}

/** The operation of that id, while its outcome is unknown. */
export const pending = (payment: Payment, id: string): Operation | undefined =>
  payment.operations.find((operation) => operation.id === id && operation.status === "pending");

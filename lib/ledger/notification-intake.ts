import { AntomError } from "../errors.js";
import type { Notification } from "../gateway/notification.js";
import type { Fact, Observation } from "../payment/observation.js";
import type { Payment } from "../payment/payment.js";
import { type RecordTask, recordTaskId } from "../payment/task.js";
import type { Clock, Logger } from "../ports.js";
import type { ClaimedTask, Storage, TaskOutcome } from "../storage/storage.js";
import { isAnothers } from "./account.js";
import type { Ledger } from "./ledger.js";
import { createRush } from "./rush.js";

/** Of so many payments this process remembers that it has put something off. */
const MOST_REMEMBERED = 100_000;

type About = Notification["about"];

/** Takes in what verified notifications say. */
export interface Intake {
  /**
   * Resolves once what the notification says is durable: with its effect, or in a rush as a task that brings the effect about. Answers with
   * the payment's id.
   *
   * @throws AntomError `payment_not_found`, or the storage's error: then the notification must not be acknowledged
   */
  take(about: About, facts: readonly Fact[]): Promise<string>;
  /** The payment a notification is about. @throws AntomError `payment_not_found` */
  find(about: About): Promise<Payment>;
  /** Takes in now what this process has put off about the payment, so that whoever asks for it sees what was acknowledged. */
  catchUp(id: string): Promise<void>;
  /** The payment, caught up with. */
  get(id: string): Promise<Payment | undefined>;
  isRush(): boolean;
  /** The worker's share: takes in what was put off. */
  handle(claimed: ClaimedTask): Promise<TaskOutcome>;
}

export interface IntakeParts {
  /** Whose notifications these are. */
  readonly clientId: string;
  readonly ledger: Ledger;
  readonly storage: Storage;
  /** How many notifications in hand at once are a rush; RUSH_AT unless told. */
  readonly rushAt: number | undefined;
  readonly clock: Clock;
  readonly logger: Logger;
  /** Called after something was put off. */
  readonly onTasks: () => void;
}

export function createIntake({ clientId, ledger, storage, clock, logger, rushAt, onTasks }: IntakeParts): Intake {
  const rush = createRush(clock, rushAt, () => {
    logger.info(
      { event: "notification.rush" },
      "notifications come in a flood; they take effect after they are acknowledged",
    );
  });

  /** In the order in which they were put off, so that the oldest can be forgotten. */
  const putOff = new Set<string>();

  const remember = (id: string): void => {
    putOff.delete(id);
    putOff.add(id);
    if (putOff.size <= MOST_REMEMBERED) return;
    const [oldest] = putOff;
    if (oldest !== undefined) putOff.delete(oldest);
  };

  const defer = async (id: string, observation: Observation): Promise<boolean> => {
    if (!(await storage.defer(recordTask(id, clientId, observation)))) return false;
    remember(id);
    onTasks();
    return true;
  };

  const strange = ({ id, clientId: owner }: Payment, told: string): void => {
    logger.error(
      { event: "notification.anothers", payment: id, owner, told },
      "a notification to one client id is about a payment that was made under another; it is not believed",
    );
  };

  /**
   * Takes in what was put off. What is another client id's own is left to that one's process: the ledger refuses it here, and it is tried again.
   */
  const takeUp = async (task: RecordTask): Promise<void> => {
    const payment = await storage.get(task.payment);
    if (payment === undefined) {
      const line = { event: "notification.lost", payment: task.payment };
      logger.error(line, "a notification was put off, and its payment has been taken out of the storage since");
    } else if (isAnothers(payment, task.clientId ?? clientId)) strange(payment, task.clientId ?? clientId);
    else await ledger.record(payment, task.observation);
  };

  const find = async ({ id, paymentId }: About): Promise<Payment> => {
    const byId = id === undefined ? undefined : await storage.get(id);
    const payment = byId ?? (paymentId === undefined ? undefined : await storage.find({ paymentId }));
    if (payment === undefined) throw id === undefined ? notOurs(AHEAD) : notOurs();
    if (isAnothers(payment, clientId)) {
      strange(payment, clientId);
      throw notOurs();
    }
    return payment;
  };

  const takeIn = async (about: About, observation: Observation): Promise<string> => {
    const { id } = about;
    if (id !== undefined && rush.isOn() && !putOff.has(id) && observation.facts.every(mayWait)) {
      if (await defer(id, observation)) return id;
    }
    const payment = await find(about);
    await ledger.record(payment, observation);
    return payment.id;
  };

  const catchUp = async (id: string): Promise<void> => {
    if (!putOff.has(id)) return;
    const { items } = await storage.tasks({ kind: "record", state: "waiting", payment: id, limit: 1 });
    for (const { task } of items) if (task.kind === "record") await takeUp(task);
    putOff.delete(id);
  };

  return {
    async take(about, facts) {
      rush.enter();
      try {
        return await takeIn(about, { source: "notification", at: clock.now(), facts });
      } finally {
        rush.leave();
      }
    },

    find,

    catchUp,

    isRush: () => rush.isOn(),

    async get(id) {
      await catchUp(id);
      return storage.get(id);
    },

    async handle({ task }) {
      if (task.kind !== "record") return { done: true };
      await takeUp(task);
      putOff.delete(task.payment);
      return { done: true };
    },
  };
}

/** Antom may be quicker with an automatic capture's notification, which names its own id alone, than with the answer to the pay call that tells that id. */
const AHEAD =
  ", or is ahead of the answer that tells the payment's paymentId: then it is taken in when Antom sends it again";

export const notOurs = (unless = ""): AntomError =>
  new AntomError("payment_not_found", `this notification is about no payment of ours${unless}`);

/**
 * Card tokens and links to a buyer's card page are not written down as they came: those facts are taken in at once. So are a dispute's steps, of
 * which the shop is told in the order they are taken in: the next one is not to overtake one that waits.
 */
const mayWait = (fact: Fact): boolean =>
  fact.kind !== "dispute" &&
  (fact.kind !== "authorization" || (fact.cardToken === undefined && fact.action === undefined));

/** One of a payment: what comes while it waits is taken in whole. */
const recordTask = (payment: string, clientId: string, observation: Observation): RecordTask => ({
  kind: "record",
  id: recordTaskId(payment),
  payment,
  clientId,
  dueAt: observation.at,
  observation,
});

import { AntomError } from "../errors.js";
import type { Fact, Observation } from "../payment/observation.js";
import type { EventType } from "../payment/events.js";
import type { TaskChange } from "../payment/task.js";
import { opening, type OpeningRequest } from "../payment/opening.js";
import { isLive, type Payment } from "../payment/payment.js";
import { transition } from "../payment/transition.js";
import type { Logger } from "../ports.js";
import type { Storage } from "../storage/storage.js";
import { NO_TELEMETRY, type Telemetry } from "../telemetry.js";
import { isAnothers, othersStorage } from "./account.js";
import type { Cards } from "./cards.js";

/** Another committed first so many times in a row that something other than chance must be at work. */
const MAX_RACES = 100;

/** The one door: nothing else ever changes a payment. */
export interface Ledger {
  /**
   * Opens a payment for its order, or answers with the one that is live already. Durable when it resolves.
   *
   * @throws AntomError `configuration_invalid` where the one that is live is another client id's
   */
  open(request: OpeningRequest): Promise<{ payment: Payment; isNew: boolean }>;
  /**
   * Takes in what was observed about a payment and answers with the payment after it. Durable when it resolves. One that has just been
   * read may be handed in itself, which spares reading it again: should it have changed since, it is.
   *
   * A function decides what is to be recorded by the payment as it stands, and is asked anew when somebody else was faster; what it
   * throws is thrown, and nothing is recorded where it answers undefined.
   *
   * @throws AntomError `payment_not_found`, also of another client id's payment, or the storage's error: then nothing was recorded, or all
   *   of it
   */
  record(about: string | Payment, observation: Observation | Decide): Promise<Payment>;
}

export type Decide = (payment: Payment) => Observation | undefined;

export interface LedgerParts {
  /** Whose payments these are: what is told to one client id is never believed about another's. */
  readonly clientId: string;
  readonly storage: Storage;
  readonly cards: Cards;
  readonly logger: Logger;
  readonly telemetry?: Telemetry;
  /** Whether anybody is to be told of events of this type; of others no delivery is stored. All of them unless told. */
  readonly hears?: (type: EventType) => boolean;
  /** Called after a commit that left work to be done at once. */
  readonly onTasks: () => void;
}

export function createLedger({
  clientId,
  storage,
  cards,
  logger,
  telemetry = NO_TELEMETRY,
  hears,
  onTasks,
}: LedgerParts): Ledger {
  const isWanted = (task: TaskChange): boolean =>
    hears === undefined || !("kind" in task) || task.kind !== "deliver" || hears(task.event.type);

  return {
    async open(request) {
      const { payment, entry, tasks } = opening(request);
      const opened = await storage.open({ payment, isLive: true, entry, tasks });
      if (opened.isNew) {
        telemetry.count("express_antom.payments", { status: payment.status });
        logger.info(
          { event: "payment.opened", payment: payment.id, order: payment.orderId, amount: payment.amount },
          "payment opened",
        );
      } else if (isAnothers(opened.payment, clientId)) throw othersStorage(opened.payment);
      return opened;
    },

    async record(about, wanted) {
      const id = typeof about === "string" ? about : about.id;
      let known = typeof about === "string" ? undefined : about;
      let otherIsLive = false;
      let taken: Observation | undefined;
      for (let race = 0; race < MAX_RACES; race++) {
        const before = known ?? (await storage.get(id));
        known = undefined;
        if (before === undefined) throw new AntomError("payment_not_found", `there is no payment ${id}`);
        if (isAnothers(before, clientId)) {
          throw new AntomError("payment_not_found", `there is no payment ${id} of this client id`);
        }
        const observed = typeof wanted === "function" ? wanted(before) : (taken ?? wanted);
        if (observed === undefined) return before;
        // Cards first: what is recorded here is not told again, and a card that is kept twice is kept once. Whoever was faster may have kept the card, or
        // known more of it: so they are asked about again, and by then the token is out of the facts.
        const observation = { ...observed, facts: await cards.takeIn(before, observed.facts, observed.at) };
        taken = observation;
        const next = transition(before, observation, { otherIsLive });
        if (next === undefined) return before;
        const { payment, events } = next;
        const tasks = next.tasks.filter(isWanted);
        const outcome = await storage.commit({
          payment,
          isLive: isLive(payment),
          expectedVersion: before.version,
          entries: [
            {
              payment: id,
              version: payment.version,
              at: observation.at,
              observation: { ...observation, facts: observation.facts.map(forJournal) },
              status: payment.status,
              events: events.map(({ type }) => type),
            },
          ],
          tasks,
        });
        if (outcome === "committed") {
          if (payment.status !== before.status) telemetry.count("express_antom.payments", { status: payment.status });
          logger.info(
            {
              event: "payment.recorded",
              payment: id,
              source: observation.source,
              from: before.status,
              status: payment.status,
              events: events.map(({ type }) => type),
            },
            "payment changed",
          );
          if (tasks.some((task) => "dueAt" in task && task.dueAt <= observation.at)) onTasks();
          return payment;
        }
        otherIsLive = outcome === "occupied";
      }
      throw new AntomError("storage_unavailable", `payment ${id} kept changing underneath; try again`);
    },
  };
}

/** A fact as the journal keeps it: without the links that lead to the buyer's card page. */
function forJournal(fact: Fact): Fact {
  if (fact.kind !== "authorization" || fact.action === undefined) return fact;
  const { action: _action, ...rest } = fact;
  return rest;
}

import { expect } from "chai";
import type { PaymentEvent } from "../../lib/payment/event.js";
import type { Observation } from "../../lib/payment/observation.js";
import { isWatched } from "../../lib/payment/hold.js";
import { paymentIdOf } from "../../lib/payment/id.js";
import { awaitsAntom, type Payment } from "../../lib/payment/payment.js";
import type { Task } from "../../lib/payment/task.js";
import { transition } from "../../lib/payment/transition.js";
import { checkStep, frozen, subjectOf } from "./invariants.js";

export interface Observed extends Observation {
  readonly otherIsLive?: boolean;
}

/** A payment's life, replayed without a storage. Every step is checked for what must hold of all of them. */
export interface History {
  readonly payment: Payment;
  readonly events: readonly PaymentEvent[];
  /** The tasks that wait, by id, as a storage would have them. */
  readonly tasks: ReadonlyMap<string, Task>;
  /** What has been told, in `subjectOf`'s words. */
  readonly subjects: ReadonlySet<string>;
  record(observed: Observed): void;
}

export function createHistory(opened: { payment: Payment; tasks: readonly Task[] }): History {
  let payment = frozen(opened.payment);
  const events: PaymentEvent[] = [];
  const tasks = new Map(opened.tasks.map((task) => [task.id, task]));
  const subjects = new Set<string>();

  const tell = (event: PaymentEvent): void => {
    // The buyer's time and the hold can each run out once.
    const which = event.type === "payment.expired" && payment.evidence.released === true ? " (the hold)" : "";
    const subject = subjectOf(event) + which;
    expect(subjects.has(subject), `told twice: ${subject}`).to.be.false;
    subjects.add(subject);
    events.push(event);
    if (event.type === "payment.captured") expect(subjects.has("payment.authorized")).to.be.true;
    if (event.type === "payment.captured" || event.type === "payment.authorized") {
      expect(payment.evidence.superseded).to.be.undefined;
    }
  };

  const checkTasks = (): void => {
    if (awaitsAntom(payment)) expect([...tasks.keys()]).to.include(`inquire:${payment.id}`);
    expect(tasks.has(`expire:${payment.id}`), "watch over the hold").to.equal(isWatched(payment));
    for (const { kind, id, status } of payment.operations) {
      // What was done on Antom's dashboard is not the kit's to carry through.
      const isCarried = paymentIdOf(id) === payment.id && status === "pending";
      expect(tasks.has(`${kind}:${id}`), `task of ${kind} ${id}`).to.equal(isCarried);
    }
  };

  return {
    get payment() {
      return payment;
    },
    events,
    tasks,
    subjects,
    record({ otherIsLive = false, ...observation }) {
      const next = transition(payment, frozen(observation), { otherIsLive });
      if (next === undefined) return;
      checkStep(payment, next, observation);
      payment = frozen(next.payment);
      next.events.forEach(tell);
      for (const task of next.tasks) {
        if ("obsolete" in task) tasks.delete(task.id);
        else tasks.set(task.id, task);
      }
      for (const event of next.events) {
        const { id, sequence } = event;
        expect(tasks.get(id)).to.include({ kind: "deliver", payment: payment.id, sequence, event, dueAt: event.at });
      }
      checkTasks();
    },
  };
}

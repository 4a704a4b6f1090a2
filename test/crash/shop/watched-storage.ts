import type { Storage } from "../../../lib/storage/storage.js";
import type { Life } from "./life.js";
import { replaced } from "./replaced.js";

const PAYMENT = /PAY[0-9A-Z]{26}/;

/** The first payment's id in something that is handed about. */
export const paymentIn = (text: string): string | undefined => PAYMENT.exec(text)?.[0];

/** Which payment a step is about, where its arguments say so. */
function aboutOf(args: readonly unknown[]): string | undefined {
  const [first] = args;
  if (typeof first === "string") return paymentIn(first);
  if (typeof first !== "object" || first === null) return undefined;
  if ("payment" in first) {
    const { payment } = first;
    if (typeof payment === "object" && payment !== null && "id" in payment) return String(payment.id);
  }
  if ("task" in first) {
    const { task } = first;
    if (typeof task === "object" && task !== null && "payment" in task) return String(task.payment);
  }
  return undefined;
}

/** Answers at once and with no promise. */
const AT_ONCE: ReadonlySet<PropertyKey> = new Set(["watch"]);

/** The storage with every step of it marked in the life it belongs to. */
export const watchedStorage = (storage: Storage, life: Life): Storage =>
  watched(noting(storage, life), life, "storage:");

/** The storage, noting each event of which it did not store what became of it. */
const noting = (storage: Storage, life: Life): Storage =>
  replaced(storage, {
    async settle(claimed, outcome) {
      let isSettled = false;
      try {
        isSettled = await storage.settle(claimed, outcome);
        return isSettled;
      } finally {
        if (!isSettled && claimed.task.kind === "deliver") life.noteAgain(claimed.task.id);
      }
    },
  });

function watched<T extends object>(port: T, life: Life, prefix: string): T {
  return new Proxy(port, {
    get(target, name) {
      const member: unknown = Reflect.get(target, name, target);
      if (typeof member === "function" && !AT_ONCE.has(name)) {
        return (...args: unknown[]): unknown =>
          life.through(prefix + String(name), aboutOf(args), () =>
            Promise.resolve(Reflect.apply(member, target, args)),
          );
      }
      if (typeof member === "function") return (...args: unknown[]): unknown => Reflect.apply(member, target, args);
      return typeof member === "object" && member !== null
        ? watched(member, life, `${prefix}${String(name)}.`)
        : member;
    },
  });
}

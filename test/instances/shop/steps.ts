import type { Storage } from "../../../lib/storage/storage.js";

/** The storage with some of its steps replaced; the others are called on itself. */
export const withSteps = (storage: Storage, steps: Partial<Storage>): Storage =>
  new Proxy(storage, {
    get(target, name) {
      const member: unknown = Reflect.get(Object.hasOwn(steps, name) ? steps : target, name);
      return typeof member === "function"
        ? (...args: unknown[]): unknown => Reflect.apply(member, target, args)
        : member;
    },
  });

import type { ConformanceOptions, Group, Part, WrittenCase } from "./suite.js";

const PARTS: readonly string[] = ["crashes", "instances", "transactions"] satisfies Part[];

/** Why a test is not run, if it is not. */
export type ReasonOf = (group: Group, written: WrittenCase) => string | undefined;

const titleOf = (group: Group, written: WrittenCase): string => `${group.title}: ${written.title}`;

/** A promise is not given up in silence. */
const checkReasons = (kind: string, reasons: Readonly<Record<string, unknown>>, known: readonly string[]): void => {
  for (const [name, reason] of Object.entries(reasons)) {
    if (!known.includes(name)) throw new TypeError(`There is no ${kind} "${name}" to leave out.`);
    if (typeof reason !== "string" || reason.trim().length < 10) {
      throw new TypeError(`Leaving out the ${kind} "${name}" needs a reason, in a sentence.`);
    }
  }
};

/** What is left out, and why. Throws a TypeError for what is not there to be left out, and for what is left out without a reason. */
export const reasonsOf = ({ without = {}, skip = {} }: ConformanceOptions, groups: readonly Group[]): ReasonOf => {
  const titles = groups.flatMap((group) => group.cases.map((written) => titleOf(group, written)));
  checkReasons("part", without, PARTS);
  checkReasons("test", skip, titles);
  return (group, written) => {
    const title = titleOf(group, written);
    if (Object.hasOwn(skip, title)) return skip[title];
    const { part } = written.needs;
    return part === undefined ? undefined : without[part];
  };
};

/** Why a test turns out not to concern a storage, once it is made. */
export class NotConcerned extends Error {}

/**
 * Has the runner show as skipped the test that is under way: by its context, which mocha gives as `this`, vitest as the first argument and
 * node:test as both. Where a runner has none, as jest, the test passes.
 */
export const skipWithin = (contexts: readonly unknown[], reason: string): void => {
  for (const context of contexts) {
    if (typeof context !== "object" && typeof context !== "function") continue;
    const skip: unknown = context === null ? undefined : Reflect.get(context, "skip");
    if (typeof skip !== "function") continue;
    Reflect.apply(skip, context, [reason]);
    return;
  }
};

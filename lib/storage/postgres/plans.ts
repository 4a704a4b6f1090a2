import { createHash } from "node:crypto";
import type { Statement } from "./database.js";

/** More than the adapter has: the texts of its statements do not depend on what is asked for, but on which of their parts are needed. */
const MOST = 500;

/**
 * Names for the statements, under which each connection of the server keeps their plans: planning a commit costs the server as much as
 * making a dozen. Behind a pooler that gives every transaction another connection the names may mean nothing; then they are done without.
 */
export class Plans {
  readonly #names = new Map<string, string>();
  #isWithout: boolean;
  #generation = 0;

  constructor(isWanted: boolean) {
    this.#isWithout = !isWanted;
  }

  /** The statement with its name, where it is to have one. */
  named(statement: Statement): Statement {
    const { text, values, isPlannedAnew = false } = statement;
    if (this.#isWithout || isPlannedAnew || values.length === 0) return statement;
    const known = this.#names.get(text);
    if (known !== undefined) return { ...statement, name: known };
    if (this.#names.size >= MOST) return statement;
    const name = `antom_${createHash("sha256").update(`${this.#generation} ${text}`).digest("hex").slice(0, 32)}`;
    this.#names.set(text, name);
    return { ...statement, name };
  }

  /** Gives all statements new names, so that each is planned once more. The plans of before stay with the connections, unused. */
  renew(): void {
    this.#generation++;
    this.#names.clear();
  }

  get areForgone(): boolean {
    return this.#isWithout;
  }

  /** From now on every statement is planned anew. */
  forgo(): void {
    this.#isWithout = true;
  }
}

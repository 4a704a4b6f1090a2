import type { PostgresClient } from "./pool.js";

/** A connection as it is lent out: the lender gives it back and nobody else, and once the transaction has ended it takes no more. */
export interface Lent {
  readonly client: PostgresClient;
  /** From now on every query throws: work that goes on past its time must not write into somebody else's transaction. */
  readonly takeBack: () => void;
}

const KEPT: ReadonlySet<PropertyKey> = new Set(["release", "end"]);

export const lend = (client: PostgresClient): Lent => {
  let isOver = false;
  const keep = (): never => {
    throw new Error("The connection is the kit's: it is released when the transaction ends.");
  };
  return {
    client: new Proxy(client, {
      get(target, name) {
        if (KEPT.has(name)) return keep;
        const value: unknown = Reflect.get(target, name, target);
        if (typeof value !== "function") return value;
        return (...given: unknown[]): unknown => {
          if (isOver && name === "query") {
            throw new Error("The transaction has ended: do all that belongs to it before its work resolves.");
          }
          return Reflect.apply(value, target, given);
        };
      },
    }),
    takeBack: () => {
      isOver = true;
    },
  };
};

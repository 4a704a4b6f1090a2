import { isError } from "../../thrown.js";

/** No answer came in time: the network has swallowed it, or the server is far too slow. Whether it did as told only the server knows. */
export class Silence extends Error {}

/** Whether `pg` itself has given up waiting, by the pool's `query_timeout`: the server may be at it still, as with any other silence. */
export const isQueryTimeout = (error: unknown): boolean => isError(error) && error.message === "Query read timeout";

/**
 * Which connections may have gone silent with one that has: a firewall that forgets idle connections, or a machine that vanishes, takes all of
 * them at once, and each would cost the whole wait again.
 */
export class Silences {
  readonly #heard = new WeakMap<object, number>();
  #latest = -Infinity;

  /** A connection has answered. */
  heard(connection: object): void {
    this.#heard.set(connection, performance.now());
  }

  /** What was sent at that time was not answered. */
  fell(sentAt: number): void {
    this.#latest = Math.max(this.#latest, sentAt);
  }

  /** Whether the connection has not answered since. One that was never asked anything is new. */
  isLikely(connection: object): boolean {
    return (this.#heard.get(connection) ?? Infinity) < this.#latest;
  }
}

const HIDDEN = "[hidden]";

/**
 * Something that must not be stored, logged or echoed, on its way through memory: card data, a card token. Whoever needs it says so
 * with `reveal()`; inspecting, printing, cloning or serializing it shows nothing.
 */
export class Secret<T> {
  readonly #value: T;

  constructor(value: T) {
    this.#value = value;
  }

  reveal(): T {
    return this.#value;
  }

  toString(): string {
    return HIDDEN;
  }

  toJSON(): string {
    return HIDDEN;
  }

  /** What node's `util.inspect` and `console.log` show. */
  [Symbol.for("nodejs.util.inspect.custom")](): string {
    return HIDDEN;
  }
}

import { openSync, writeSync } from "node:fs";
import type { Death } from "../points.js";

/**
 * What a process has in hand, marked in a file as it begins and ends, so that whoever finds it dead can tell what it died over; and the
 * end of it, where that is planned.
 */
export class Life {
  readonly #file: number;
  readonly #death: Death | undefined;
  #passed = 0;
  #begun = 0;

  constructor(marks: string, death: Death | undefined) {
    this.#file = openSync(marks, "a");
    this.#death = death;
  }

  /** Marks the beginning of something; the returned function marks its end. */
  begin(name: string, about: string | undefined): () => void {
    const number = ++this.#begun;
    writeSync(this.#file, `+${number} ${name} ${about ?? ""}\n`);
    return () => {
      writeSync(this.#file, `-${number}\n`);
    };
  }

  /** Marks that there is a reason for an event to come again. */
  noteAgain(event: string): void {
    writeSync(this.#file, `~${event}\n`);
  }

  /** Goes past a point, or dies there. */
  pass(point: string): void {
    if (this.#death?.point !== point || ++this.#passed !== this.#death.nth) return;
    writeSync(this.#file, `!${point}\n`);
    process.kill(process.pid, "SIGKILL");
  }

  /** Does something of which the beginning, the end and what lies just before and after them are points. */
  async through<T>(name: string, about: string | undefined, work: () => Promise<T>): Promise<T> {
    const end = this.begin(name, about);
    try {
      this.pass(`${name}:before`);
      const result = await work();
      this.pass(`${name}:after`);
      return result;
    } finally {
      end();
    }
  }
}

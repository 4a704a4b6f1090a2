import { randomBytes } from "node:crypto";
import type { Database, Line } from "./database.js";
import { LeftOpen } from "./errors.js";
import type { Names } from "./names.js";
import type { PostgresClient, PostgresNotification } from "./pool.js";
import { hasTransaction } from "./transaction.js";

/** At most one word to the others in so many milliseconds: each takes a lock that all of the server's notifications share. */
const GAP = 25;

/** How often the listening connection is asked for an answer, in milliseconds: a firewall forgets one that is silent, and tells nobody. */
const HEARTBEAT = 60_000;

/** How long to wait before listening again, in milliseconds. */
const SHORTEST = 100;
const LONGEST = 30_000;

/**
 * Tells the shop's other instances that something is due, and hears it from them, by LISTEN and NOTIFY. All of it is a hint: where a
 * server or a proxy knows no such thing, or a word is lost, the workers find what is due when they look by themselves.
 */
export class Wakeups {
  readonly #database: Database;
  readonly #channel: string;
  readonly #heartbeat: number;
  /** Its own words are not news to it. */
  readonly #self = randomBytes(8).toString("hex");
  readonly #watchers = new Set<() => void>();
  #listener: PostgresClient | undefined;
  /** Of each try to listen; one that was dropped meanwhile is over. */
  #number = 0;
  #isOn = false;
  #isListening = false;
  #retry: NodeJS.Timeout | undefined;
  #delay = SHORTEST;
  #telling: NodeJS.Timeout | undefined;
  #beating: NodeJS.Timeout | undefined;

  constructor(database: Database, { schema }: Names, heartbeat = HEARTBEAT) {
    this.#database = database;
    this.#channel = `antom_${schema}`;
    this.#heartbeat = heartbeat;
  }

  start(): void {
    this.#isOn = true;
    this.#listen();
  }

  stop(): void {
    this.#isOn = false;
    clearTimeout(this.#telling);
    this.#telling = undefined;
    this.#hush();
  }

  watch(wake: () => void): () => void {
    const watcher = (): void => {
      wake();
    };
    this.#watchers.add(watcher);
    this.#listen();
    return () => {
      this.#watchers.delete(watcher);
      if (this.#watchers.size === 0) this.#hush();
    };
  }

  /** Something that is due has been stored. */
  tell(): void {
    if (!this.#isOn || this.#telling !== undefined) return;
    this.#telling = setTimeout(() => {
      this.#telling = undefined;
      this.#database.read("SELECT pg_notify($1, $2)", this.#channel, this.#self).catch(() => undefined);
    }, GAP);
    this.#telling.unref();
  }

  /** A connection is kept for it, where there is more than one. */
  #listen(): void {
    if (!this.#isOn || this.#isListening || this.#watchers.size === 0 || this.#database.size < 2) return;
    this.#isListening = true;
    void this.#begin();
  }

  async #begin(): Promise<void> {
    const number = ++this.#number;
    try {
      const line = await this.#database.keep();
      const { client, run } = line;
      this.#listener = client;
      client.on("notification", this.#heard);
      client.on("error", this.#lost);
      client.on("end", this.#lost);
      await run({ text: `LISTEN "${this.#channel}"`, values: [] });
      // It would listen only once that is committed.
      if (hasTransaction(client)) throw new LeftOpen();
      if (number !== this.#number) return;
      this.#delay = SHORTEST;
      if (!this.#isOn || this.#watchers.size === 0) {
        this.#hush();
        return;
      }
      this.#beat(line);
      // What was told while nobody listened.
      this.#wakeAll();
    } catch {
      if (number === this.#number) this.#lost();
    }
  }

  #beat(line: Line): void {
    const isListener = (): boolean => this.#listener === line.client;
    this.#beating = setTimeout(() => {
      line.run({ text: "SELECT 1", values: [] }).then(
        () => {
          if (isListener()) this.#beat(line);
        },
        () => {
          if (isListener()) this.#lost();
        },
      );
    }, this.#heartbeat);
    this.#beating.unref();
  }

  readonly #heard = ({ payload }: PostgresNotification): void => {
    if (payload !== this.#self) this.#wakeAll();
  };

  #wakeAll(): void {
    for (const wake of [...this.#watchers]) wake();
  }

  readonly #lost = (): void => {
    this.#drop();
    if (!this.#isOn || this.#watchers.size === 0 || this.#retry !== undefined) return;
    this.#retry = setTimeout(() => {
      this.#retry = undefined;
      this.#listen();
    }, this.#delay);
    this.#retry.unref();
    this.#delay = Math.min(LONGEST, this.#delay * 2);
  };

  #hush(): void {
    clearTimeout(this.#retry);
    this.#retry = undefined;
    if (this.#listener !== undefined) this.#drop();
  }

  /** Closed rather than given back: it would go on listening. */
  #drop(): void {
    clearTimeout(this.#beating);
    const client = this.#listener;
    this.#listener = undefined;
    this.#isListening = false;
    if (client === undefined) return;
    client.removeListener("notification", this.#heard);
    client.removeListener("error", this.#lost);
    client.removeListener("end", this.#lost);
    client.on("error", () => undefined);
    client.release(true);
  }
}

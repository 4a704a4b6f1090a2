import { mkdtempSync, rmSync } from "node:fs";
import { copyFile, open } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { LoadReport, LoadRequest, SeedRequest, ShopConfig } from "../processes/messages.js";
import { Child } from "./child.js";
import { newIdentity, type Identity } from "./keys.js";
import type { Cores } from "./machine.js";
import type { NodeLine } from "./node-lines.js";
import { writeNotifications } from "./notifications.js";
import type { Stage } from "../seed/template.js";
import type { Records } from "./records.js";
import { RunningShop } from "./running-shop.js";

export interface BenchOptions {
  readonly line: NodeLine;
  readonly cores: Cores | undefined;
  /** Where the compiled processes are. */
  readonly processes: string;
  readonly isQuick: boolean;
  /** How much is done; by `isQuick` unless told. */
  readonly effort?: Effort;
  /** Folder for databases; the system's folder for temporary files unless told. */
  readonly folder?: string;
}

/** How much is done of everything. */
export interface Effort {
  readonly rounds: number;
  /** Seconds that one round takes, and that a shop is warmed up before its first. */
  readonly seconds: number;
  readonly warmUp: number;
  /** After so many seconds in which it was sent nothing a shop is warmed up again: it has thrown away some of what it had compiled. */
  readonly staysWarm: number;
  /** Seconds of load before each round: a shop that waited for the others' turns has thrown away what it had compiled. */
  readonly leadIn: number;
  /** How many requests are prepared where each can be sent but once, for all rounds together. */
  readonly requests: number;
  /** Stored payments: few, and many. */
  readonly sizes: readonly [number, number];
  /** And how many in between, measured beside them. */
  readonly between: readonly number[];
}

const QUICK: Effort = {
  rounds: 2,
  seconds: 0.2,
  warmUp: 0.6,
  staysWarm: Infinity,
  leadIn: 0.05,
  requests: 15_000,
  sizes: [1_000, 4_000],
  between: [],
};
const FULL: Effort = {
  rounds: 7,
  seconds: 1.5,
  warmUp: 2,
  staysWarm: 3,
  leadIn: 1,
  requests: 280_000,
  sizes: [1_000, 1_000_000],
  between: [10_000, 100_000],
};

/** One run on one line of Node: its keys, its folder, its load and its Antom. */
export class Bench {
  readonly line: NodeLine;
  readonly cores: Cores | undefined;
  readonly identity: Identity = newIdentity();
  readonly effort: Effort;
  readonly isQuick: boolean;
  readonly folder: string;
  readonly #processes: string;
  readonly #ends: (() => Promise<void>)[] = [];
  readonly #seeds = new Map<string, Promise<string>>();
  #notifications: Promise<Records> | undefined;
  #floor: Promise<RunningShop> | undefined;
  #sharedKit: Promise<RunningShop> | undefined;
  #load: Child | undefined;
  #postgres: Child | undefined;
  #gateway: string | undefined;
  readonly #files: string[] = [];
  readonly #shops: Child[] = [];

  constructor({ line, cores, processes, isQuick, effort, folder = tmpdir() }: BenchOptions) {
    this.line = line;
    this.cores = cores;
    this.isQuick = isQuick;
    this.effort = effort ?? (isQuick ? QUICK : FULL);
    this.folder = mkdtempSync(join(folder, "express-antom-bench-"));
    this.#processes = processes;
  }

  /** A new name for a file that is needed for one path only. */
  file(name: string): string {
    const file = join(this.folder, `${String(this.#files.length)}-${name}`);
    this.#files.push(file);
    return file;
  }

  /** Starts one of the bench's processes. */
  child(name: string, where: keyof Cores, env?: Readonly<Record<string, string>>): Child {
    const { binary } = where === "shop" ? this.line : { binary: process.execPath };
    const child = new Child({
      binary,
      file: join(this.#processes, `${name}.js`),
      core: this.cores?.[where],
      ...(env === undefined ? {} : { env }),
    });
    this.#ends.push(() => child.end());
    return child;
  }

  /** Starts a shop. */
  async shop(
    config: Omit<ShopConfig, "identity" | "gateway">,
    env?: Readonly<Record<string, string>>,
  ): Promise<RunningShop> {
    const child = this.child("shop", "shop", env);
    this.#shops.push(child);
    return this.#start(config, child);
  }

  async #start(config: Omit<ShopConfig, "identity" | "gateway">, child: Child): Promise<RunningShop> {
    const { port } = await child.ask({ ...config, identity: this.identity, gateway: await this.gateway() });
    return new RunningShop(child, Number(port));
  }

  /** The shop that verifies and stores nothing, the same for all paths: nothing that is sent to it changes it. */
  floor(): Promise<RunningShop> {
    return (this.#floor ??= this.#start({ kind: "verified" }, this.child("shop", "shop")));
  }

  /**
   * The kit on SQLite with a payment for each notification, the same for several paths, so that it is measured as warm as the floor is. Each path
   * sends notifications that none has sent before.
   */
  sharedKit(): Promise<RunningShop> {
    return (this.#sharedKit ??= this.#startSharedKit());
  }

  /** The file of `sharedKit`. */
  get sharedFile(): string {
    return join(this.folder, "shared-kit.db");
  }

  async #startSharedKit(): Promise<RunningShop> {
    const { count } = await this.notifications();
    await copyToDisk(await this.#seedOf("kit", count, "requires_action"), this.sharedFile);
    return this.#start({ kind: "kit", database: this.sharedFile }, this.child("shop", "shop"));
  }

  /** Genuine notifications, each about another payment, signed once for the whole run. */
  notifications(): Promise<Records> {
    const { folder, effort, identity } = this;
    return (this.#notifications ??= writeNotifications(join(folder, "notifications"), effort.requests, identity));
  }

  /** A SQLite file with that many payments, of the caller's own. */
  async seeded(kind: SeedRequest["kind"], count: number, stage: Stage): Promise<string> {
    const file = this.file(`${kind}.db`);
    await copyToDisk(await this.#seedOf(kind, count, stage), file);
    return file;
  }

  /** The file that is copied for each who wants one like it. */
  #seedOf(kind: SeedRequest["kind"], count: number, stage: Stage): Promise<string> {
    const name = `${kind}-${count}-${stage}`;
    const seed = this.#seeds.get(name) ?? this.#seed({ kind, database: join(this.folder, name), count, stage });
    this.#seeds.set(name, seed);
    return seed;
  }

  /** A PostgreSQL database with that many payments that wait for their buyer, of the caller's own. */
  async seededPostgres(kind: SeedRequest["kind"], count: number): Promise<string> {
    if (this.#postgres === undefined) {
      this.#postgres = this.child("postgres", "others");
      await this.#postgres.ask();
    }
    const { connectionString } = await this.#postgres.ask({});
    return this.#seed({ kind, database: String(connectionString), count, stage: "requires_action" });
  }

  async #seed(request: SeedRequest): Promise<string> {
    const seeder = this.child("seed", "load");
    await seeder.ask(request);
    await seeder.end();
    return request.database;
  }

  /** Where Antom is. */
  async gateway(): Promise<string> {
    if (this.#gateway === undefined) {
      const { port } = await this.child("upstream", "others").ask(this.identity);
      this.#gateway = `http://127.0.0.1:${String(port)}`;
    }
    return this.#gateway;
  }

  async load(request: LoadRequest): Promise<LoadReport> {
    if (this.#load === undefined) {
      this.#load = this.child("load", "load");
      await this.#load.ask();
    }
    const { report } = await this.#load.ask(request);
    return report as LoadReport;
  }

  /** After a path: ends its shops and removes its files. What all paths share stays: notifications, seeds, Antom, the load, PostgreSQL. */
  async endPath(): Promise<void> {
    for (const child of this.#shops.splice(0)) await child.end();
    for (const file of this.#files) {
      for (const end of ["", "-wal", "-shm", "-first"]) rmSync(file + end, { force: true });
    }
  }

  async end(): Promise<void> {
    for (const end of this.#ends.splice(0).reverse()) await end();
    rmSync(this.folder, { recursive: true, force: true });
  }
}

/** Else the system would write the copy out while something is being measured. */
async function copyToDisk(from: string, to: string): Promise<void> {
  await copyFile(from, to);
  const handle = await open(to, "r+");
  try {
    await handle.sync();
  } finally {
    await handle.close();
  }
}

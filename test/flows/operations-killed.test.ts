import { fork } from "node:child_process";
import { once } from "node:events";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect } from "chai";
import type { Antom, CommandRequest } from "../../lib/index.js";
import { sqliteStorage } from "../../lib/storage/sqlite.js";
import { eventRecorder, type EventRecorder } from "../../lib/testing.js";
import { subjectOf } from "../payment/invariants.js";
import { ANTOM_KEYS, SHOP_KEYS } from "../support/keys.js";
import { commanded } from "./commanded.js";
import { openHouse, type House } from "./operations-house.js";
import type { Death } from "./operations-mortal.js";
import { donePer, expectAgreement, HOUR, MINUTE, SECOND } from "./operations-shop.js";

const KINDS = ["capture", "void", "refund", "increase"] as const;
type Kind = (typeof KINDS)[number];

/** One thing to do, and where it is cut short. */
type Work = { readonly death: Death } & (
  { readonly kind: "runDue" } | { readonly kind: Kind; readonly id: string; readonly request: CommandRequest }
);

/** What a process is to do until it is killed. */
export interface Errand {
  readonly file: string;
  readonly gateway: string;
  readonly publicUrl: string;
  readonly now: number;
  readonly works: readonly Work[];
}

const REQUESTS: Readonly<Record<Kind, CommandRequest>> = {
  capture: { idempotencyKey: "once" },
  void: { idempotencyKey: "once" },
  refund: { amount: "4000", idempotencyKey: "once" },
  increase: { amount: "12500", idempotencyKey: "once" },
};
const DONE: Readonly<Record<Kind, readonly string[]>> = {
  capture: ["C1 succeeded 10000"],
  void: [],
  refund: ["C1 succeeded 10000", "R1 succeeded 4000"],
  increase: ["U1 succeeded 12500"],
};

/** More calls than any command makes. */
const MOST_CALLS = 12;

describe("a process that is killed (SIGKILL) in the middle of commands", function () {
  this.timeout(120_000);

  let house: House;
  let folder: string;
  let recorder: EventRecorder;
  let kit: Antom;
  let orders = 0;

  before(async () => {
    house = await openHouse();
    folder = mkdtempSync(join(tmpdir(), "express-antom-"));
    recorder = eventRecorder();
    kit = begin();
  });
  after(async () => {
    await kit.stop();
    await house.stop();
    rmSync(folder, { recursive: true, force: true });
  });

  const file = (): string => join(folder, "payments.db");
  const begin = (): Antom => house.moveIn({ storage: sqliteStorage(file()), hooks: recorder.hooks });
  const later = async (ms: number): Promise<void> => {
    await house.clock.advance(ms);
    await house.simulator.settled();
    await kit.runDue();
  };
  /** One payment for each kind of command, as it must be for it. */
  const ready = async (): Promise<Readonly<Record<Kind, string>>> => {
    const one = () => house.authorized(`order-${++orders}`, "10000");
    const ids = { capture: await one(), void: await one(), refund: await one(), increase: await one() };
    await kit.payments.capture(ids.refund);
    await later(0);
    return ids;
  };
  /** Lets a process do an errand, alone; answers with whether it was killed. */
  const killed = async (works: Errand["works"]): Promise<boolean> => {
    await kit.stop();
    house.empty();
    const errand: Errand = {
      file: file(),
      gateway: house.simulator.credentials.gateway,
      publicUrl: house.publicUrl,
      now: house.clock.now(),
      works,
    };
    const child = fork(join(__dirname, "operations-killed-process.ts"), {
      execArgv: ["--import", "tsx"],
      stdio: ["ignore", "ignore", "inherit", "ipc"],
      env: {
        ...process.env,
        ERRAND: JSON.stringify(errand),
        PRIVATE_KEY: SHOP_KEYS.privateKey,
        ANTOM_PUBLIC_KEY: ANTOM_KEYS.publicKey,
      },
    });
    await once(child, "exit");
    if (child.signalCode === null) expect(child.exitCode).to.equal(0);
    else expect(child.signalCode).to.equal("SIGKILL");
    kit = begin();
    return child.signalCode !== null;
  };
  const aDay = async (): Promise<void> => {
    for (const ms of [31 * SECOND, 5 * SECOND, MINUTE, 5 * MINUTE, HOUR, 23 * HOUR]) await later(ms);
  };
  const check = async (kind: Kind, id: string, where: string): Promise<void> => {
    const { simulator } = house;
    const payment = await kit.payments.get(id);
    const done = donePer(simulator, id);
    const asked = payment.operations.filter((operation) => operation.kind === kind);
    if (asked.length === 0) {
      // It died before a word was written down: then nothing was sent either.
      expect(done, where).to.deep.equal(kind === "refund" ? [`${id}C1 succeeded 10000`] : []);
      expect(simulator.ledger(id).cancels, where).to.deep.equal([]);
    } else {
      expect(done, where).to.deep.equal(DONE[kind].map((entry) => id + entry));
      expect(simulator.ledger(id).cancels, where).to.have.lengthOf(kind === "void" ? 1 : 0);
    }
    expectAgreement(simulator, payment);
    expect(payment.conflicts, where).to.deep.equal([]);
    const told = recorder.events.filter((event) => event.payment.id === id);
    const subjects = [...new Map(told.map((event) => [event.id, event])).values()].map(subjectOf);
    expect(new Set(subjects).size, `${where}: ${subjects.join()}`).to.equal(subjects.length);
    // Asked for again with its key, it is the one that was, or is made now.
    await commanded(kit.payments, kind, id, REQUESTS[kind]);
    await later(3 * SECOND);
    expect(donePer(simulator, id), where).to.deep.equal(DONE[kind].map((entry) => id + entry));
    expectAgreement(simulator, await kit.payments.get(id));
  };

  it("before or after any of its calls leaves each command with one effect, or with none and no trace", async () => {
    const seen = new Set<string>();
    let calls = 0;
    for (; ; calls++) {
      expect(calls).to.be.lessThan(MOST_CALLS);
      const rounds = [];
      for (const side of ["before", "after"] as const) rounds.push({ side, ids: await ready() });
      const isKilled = await killed(
        rounds.flatMap(({ side, ids }) =>
          KINDS.map((kind) => ({ kind, id: ids[kind], request: REQUESTS[kind], death: { at: calls, side } })),
        ),
      );
      const all = rounds.flatMap(({ side, ids }) => KINDS.map((kind) => ({ side, kind, id: ids[kind] })));
      for (const { kind, id } of all) {
        const [last] = (await kit.payments.get(id)).operations.filter((operation) => operation.kind === kind);
        seen.add(`${kind} ${last?.status ?? "unwritten"}`);
      }
      await aDay();
      for (const { kind, id, side } of all) await check(kind, id, `${kind}, ${side} call ${calls}`);
      if (!isKilled) break;
    }
    expect(calls).to.be.at.least(5);
    // The moments that matter were among them.
    expect([...seen]).to.include.members(KINDS.flatMap((kind) => [`${kind} unwritten`, `${kind} pending`]));
    expect([...seen]).to.include.members(["capture succeeded", "void succeeded"]);
  });

  it("while a worker carries on what another process left behind is carried on by the next", async () => {
    let rounds = 0;
    for (let at = 0; ; at += 5) {
      const ids = await ready();
      for (const operation of ["capture", "cancel", "refund", "updateAmount"] as const) {
        house.simulator.addFault({ operation, fault: at % 2 === 0 ? "reset-before" : "reset-after" });
      }
      await Promise.all(KINDS.map((kind) => commanded(kit.payments, kind, ids[kind], REQUESTS[kind])));
      await house.clock.advance(21 * SECOND);
      const isKilled = await killed([{ kind: "runDue", death: { at, side: at % 2 === 0 ? "after" : "before" } }]);
      house.simulator.clearFaults();
      await aDay();
      for (const kind of KINDS) await check(kind, ids[kind], `${kind}, the worker's call ${at}`);
      rounds++;
      if (!isKilled || rounds === 7) break;
    }
    expect(rounds).to.be.at.least(4);
  });
});

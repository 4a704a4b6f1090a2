import { basename, resolve } from "node:path";
import { AntomError } from "../../errors.js";
import type { PostgresStorage, TakenOver } from "../../storage/postgres.js";
import { giveBackUnseen } from "../../storage/postgres/give-back.js";
import type { Storage } from "../../storage/storage.js";
import { CONFIGURED, type Call, type Command } from "../command.js";
import { confirmationOf, type Confirm } from "../confirm.js";
import { EXIT, usage, type ExitCode } from "../exit.js";
import { storageOf, withKit } from "../kit.js";
import { createProgress, type Progress } from "../progress.js";

const NOTHING = "Nothing was done.";

export const move: Command = {
  name: "move",
  summary: "Moves a shop from SQLite to PostgreSQL: brings all that is in the file into the configured storage.",
  details: [
    "The configuration's storage is the new postgresStorage already, with nothing in it. The file is closed first, for every process,",
    "and stays as a copy. All is moved or nothing. What was broken off is settled by giving the command again.",
  ],
  operand: { name: "FILE", isRequired: true, text: "the file that sqliteStorage was given, such as payments.db." },
  flags: {
    undo: { text: "Opens the file again, unless its payments, or any others, are in those tables." },
    "target-gone": { text: "With --undo: the tables that it was moved to are gone for good. Nothing is looked at." },
    yes: { short: "y", text: "Does not ask first." },
    ...CONFIGURED,
  },
  async run(call) {
    const { operand = "" } = call;
    const isUndone = call.isOn("undo");
    const isGone = call.isOn("target-gone");
    if (isGone && !isUndone) throw usage("--target-gone goes with --undo.");
    const confirm = confirmationOf(call);
    const file = resolve(call.terminal.cwd, operand);
    if (isGone) return undoUnseen(call, file, confirm);
    return withKit(call, async (kit) => {
      const storage = postgresOf(storageOf(kit));
      return isUndone ? undo(call, storage, file) : bring(call, storage, file, confirm);
    });
  },
};

async function bring(call: Call, storage: PostgresStorage, file: string, confirm: Confirm): Promise<ExitCode> {
  const { terminal } = call;
  const name = basename(file);
  await confirm(`Close ${name} for good, and move all that is in it to PostgreSQL?`, NOTHING);
  const signal = terminal.interruption();
  let progress: Progress | undefined;
  let moved: TakenOver;
  try {
    moved = await storage.takeOver(file, {
      signal,
      onProgress: (done, total) => {
        progress ??= createProgress(terminal, "rows moved", total);
        progress.show(done);
      },
    });
  } catch (error) {
    if (!signal.aborted || error !== signal.reason) throw error;
    call.print(`Stopped: nothing was moved, and ${name} can be written as before.`);
    call.document({ stopped: true });
    return EXIT.stopped;
  } finally {
    progress?.end();
  }
  const { isRepeated, ...counts } = moved;
  call.print(
    isRepeated
      ? `All that is in ${name} had been moved to PostgreSQL before: ${textOf(counts)}. Nothing was done.`
      : `Moved to PostgreSQL: ${textOf(counts)}.`,
  );
  call.print(
    `${name} is closed and stays as a copy. End what still runs on it, and start the shop with postgresStorage.`,
  );
  call.document({ stopped: false, repeated: isRepeated, ...counts });
  return EXIT.done;
}

async function undo(call: Call, storage: PostgresStorage, file: string): Promise<ExitCode> {
  return undone(call, file, await storage.giveBack(file));
}

async function undoUnseen(call: Call, file: string, confirm: Confirm): Promise<ExitCode> {
  const name = basename(file);
  await confirm(`Open ${name}, though a shop may go on with its payments in PostgreSQL?`, NOTHING);
  return undone(call, file, await giveBackUnseen(file));
}

function undone(call: Call, file: string, isOpened: boolean): ExitCode {
  const name = basename(file);
  call.print(
    isOpened
      ? `${name} can be written again. Start the shop with sqliteStorage.`
      : `${name} is open: there is nothing to undo.`,
  );
  call.document({ opened: isOpened });
  return EXIT.done;
}

function postgresOf(storage: Storage): PostgresStorage {
  if (isPostgres(storage)) return storage;
  const message =
    "The configured storage is not postgresStorage, which alone can take a file over: configure the storage that the payments are to go to, " +
    "and give the file of before to the command.";
  throw new AntomError("configuration_invalid", message, { problems: [{ at: "storage", message }] });
}

/** By what it can do: the package may be loaded twice. */
const isPostgres = (storage: Storage): storage is PostgresStorage =>
  ["takeOver", "giveBack"].every((name) => typeof Reflect.get(storage, name) === "function");

function textOf({ payments, entries, events, tasks, cards }: Omit<TakenOver, "isRepeated">): string {
  const of = (count: number, one: string, many = `${one}s`): string => `${count} ${count === 1 ? one : many}`;
  const parts = [of(entries, "journal entry", "journal entries"), of(events, "event"), of(tasks, "other task")];
  return `${of(payments, "payment")} with ${parts.join(", ")}; ${of(cards, "card")}`;
}

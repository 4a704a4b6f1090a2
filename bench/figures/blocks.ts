import type { LockRequest } from "../processes/messages.js";
import type { Bench } from "../run/bench.js";
import { started } from "../run/contenders.js";
import { race } from "../run/race.js";
import { checkKept } from "./kept.js";
import { figure, measuredOf, roundsOf, type Figure } from "./figure.js";

const LOAD = "under load";
const LOCKED = "under load, the file locked elsewhere";

/** How long the event loop stands still at most: under load, and while another program holds the lock of the SQLite file. */
export async function blocks(bench: Bench): Promise<Figure[]> {
  const records = await bench.notifications();
  const [contender] = await started(bench, [{ name: LOAD, kind: "shared-kit", records, once: true, part: 0.2 }]);
  if (contender === undefined) throw new Error("the kit is missing");
  const locker = bench.child("locker", "load");
  const tell = async (request: LockRequest): Promise<void> => {
    await locker.ask(request);
  };
  const rounds = await race(bench, [
    contender,
    {
      ...contender,
      name: LOCKED,
      before: () => tell({ file: bench.sharedFile }),
      // What the round has left to be done is not measured.
      after: () => tell({}),
    },
  ]);
  await locker.end();
  await checkKept([contender], "authorized");

  const longest = (name: string, contender: string, atMost: number): Figure =>
    figure({
      name,
      node: bench.line.name,
      unit: "ms",
      goal: { atMost },
      values: roundsOf(rounds, contender).map(({ longestBlock }) => longestBlock),
      measured: measuredOf(rounds, [contender]),
    });
  return [
    longest("longest event-loop block under load", LOAD, 20),
    longest("longest event-loop block, the SQLite file locked elsewhere", LOCKED, 50),
  ];
}

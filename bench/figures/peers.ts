import type { Bench } from "../run/bench.js";
import { started, type Entry } from "../run/contenders.js";
import { PEERS, writePeerRequests } from "../run/peer-requests.js";
import { race } from "../run/race.js";
import { checkKept } from "./kept.js";
import { figure, measuredOf, ratios, type Figure } from "./figure.js";

const KIT = "the kit on SQLite";
const BARE = "Express alone";

const NAMES = {
  stripe: "stripe constructEvent",
  octokit: "@octokit/webhooks verify",
  standardwebhooks: "standardwebhooks verify",
  polar: "@polar-sh/express Webhooks",
} as const;

/** The kit against other libraries that take webhooks: as they are, and with one durable insert for each event. */
export async function peers(bench: Bench): Promise<Figure[]> {
  const records = await bench.notifications();
  const isShown = (peer: string): boolean => !bench.isQuick || peer === "polar";
  const entries: Entry[] = [{ name: KIT, kind: "shared-kit", records, once: true, part: 0.2 }];
  if (!bench.isQuick) entries.push({ name: BARE, kind: "bare", records, once: false });
  for (const kind of PEERS.filter(isShown)) {
    const events = await writePeerRequests(bench.file(kind), kind, bench.effort.requests, bench.identity.secret);
    entries.push({ name: NAMES[kind], kind, records: events, once: false });
    if (bench.isQuick) continue;
    const config = { database: bench.file(`${kind}.db`) };
    entries.push({ name: `${NAMES[kind]}, durable`, kind, config, records: events, once: true });
  }
  const contenders = await started(bench, entries);
  const rounds = await race(bench, contenders);
  await checkKept(
    contenders.filter(({ name }) => name === KIT),
    "authorized",
  );

  return contenders
    .slice(1)
    .map(({ name }) =>
      figure({
        name: `notify on SQLite / ${name}`,
        node: bench.line.name,
        ...(name === NAMES.polar ? { goal: { atLeast: 1 } } : {}),
        values: ratios(rounds, [KIT, name]),
        measured: measuredOf(rounds, [KIT, name]),
      }),
    );
}

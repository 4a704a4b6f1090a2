import { nearest } from "../../nearest.js";
import { eventView, type EventView } from "../../routers/operations/events.js";
import type { TaskState } from "../../storage/storage.js";
import { CONFIGURED, type Command } from "../command.js";
import { EXIT, usage } from "../exit.js";
import { storageOf, withKit } from "../kit.js";
import { limitOf, PAGED } from "../limit.js";
import { rows, timeText } from "../rows.js";

const STATES = ["waiting", "done", "dead"] as const satisfies readonly TaskState[];

export const hooksList: Command = {
  name: "hooks list",
  summary: "Lists events and how their delivery to the shop's hooks stands, newest first.",
  flags: {
    state: { value: "STATE", text: `One of ${STATES.join(", ")}; all when left out.` },
    payment: { value: "ID", text: "Those of one payment." },
    ...PAGED,
    ...CONFIGURED,
  },
  async run(call) {
    const state = stateOf(call.text("state"));
    const [payment, after] = ["payment", "after"].map((name) => call.text(name));
    const limit = limitOf(call);
    return withKit(call, async (kit) => {
      const { items, next } = await storageOf(kit).tasks({
        kind: "deliver",
        limit,
        ...(state === undefined ? {} : { state }),
        ...(payment === undefined ? {} : { payment }),
        ...(after === undefined ? {} : { after }),
      });
      const events = items.flatMap(eventView);
      call.print(events.length === 0 ? "No events." : rows([HEAD, ...events.map(line)]));
      if (next !== undefined) call.print(`\nMore with --after ${next}`);
      call.document({ events, ...(next === undefined ? {} : { next }) });
      return EXIT.done;
    });
  },
};

const HEAD = ["event", "type", "payment", "state", "tried", "caused", "next try", "last error"];

const line = ({ id, type, payment, state, attempts, at, nextAt, lastError = "" }: EventView): string[] => [
  id,
  type,
  payment,
  state,
  String(attempts),
  timeText(at),
  nextAt === undefined ? "" : timeText(nextAt),
  lastError.slice(0, 120),
];

function stateOf(text: string | undefined): TaskState | undefined {
  const state = STATES.find((name) => name === text);
  if (text === undefined || state !== undefined) return state;
  const meant = nearest(text, STATES);
  throw usage(
    `--state "${text}" is none${meant === undefined ? `: there are ${STATES.join(", ")}.` : `; did you mean ${meant}?`}`,
  );
}

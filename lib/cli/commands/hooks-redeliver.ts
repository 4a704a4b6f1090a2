import { AntomError } from "../../errors.js";
import { isDeliverTaskId } from "../../payment/task.js";
import { CONFIGURED, type Call, type Command } from "../command.js";
import { EXIT, usage, type ExitCode } from "../exit.js";
import { storageOf, withKit, type Kit } from "../kit.js";
import { createProgress } from "../progress.js";

/** How many are made due side by side, which the storage can commit together. */
const STEP = 50;

const LATER = "The shop's running process calls the hooks.";

export const hooksRedeliver: Command = {
  name: "hooks redeliver",
  summary: "Makes an event that was given up, or that waits, due now.",
  details: ["Nothing is called here: the shop's own process, whose worker runs, does it within a second or so."],
  operand: { name: "ID", isRequired: false, text: "the event's id, as hooks list shows it." },
  flags: {
    "all-dead": { text: "All that were given up, in place of one. Ctrl-C stops it between two steps." },
    ...CONFIGURED,
  },
  async run(call) {
    const { operand: id } = call;
    const isAll = call.isOn("all-dead");
    if (isAll === (id !== undefined)) throw usage("hooks redeliver needs an event's id, or --all-dead.");
    return withKit(call, (kit) => (id === undefined ? allDead(call, kit) : one(call, kit, id)));
  },
};

async function one(call: Call, kit: Kit, id: string): Promise<ExitCode> {
  if (!isDeliverTaskId(id) || !(await storageOf(kit).redrive(id, kit.clock.now()))) {
    throw new AntomError("event_not_found", `there is no event ${id}, or it has been delivered`);
  }
  call.print(`${id} is due now. ${LATER}`);
  call.document({ redelivered: 1 });
  return EXIT.done;
}

async function allDead(call: Call, kit: Kit): Promise<ExitCode> {
  const storage = storageOf(kit);
  const stopped = call.terminal.interruption();
  const now = kit.clock.now();
  const { waiting } = await storage.overview({ from: now, to: now });
  const progress = createProgress(call.terminal, "redelivering", waiting.dead);
  let redelivered = 0;
  let after: string | undefined;
  let isDone = false;
  while (!isDone && !stopped.aborted) {
    const page = await storage.tasks({
      kind: "deliver",
      state: "dead",
      limit: STEP,
      ...(after === undefined ? {} : { after }),
    });
    const made = await Promise.all(page.items.map(({ task }) => storage.redrive(task.id, kit.clock.now())));
    redelivered += made.filter(Boolean).length;
    progress.show(redelivered);
    after = page.next;
    isDone = after === undefined;
  }
  progress.end();
  call.print(
    `${redelivered} ${redelivered === 1 ? "event is" : "events are"} due now${isDone ? "" : "; stopped before the rest"}. ${LATER}`,
  );
  call.document({ redelivered, stopped: !isDone });
  return isDone ? EXIT.done : EXIT.stopped;
}

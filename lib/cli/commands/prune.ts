import { KEPT_AT_LEAST } from "../../ledger/prune.js";
import { CONFIGURED, type Call, type Command } from "../command.js";
import { confirmationOf } from "../confirm.js";
import { EXIT, usage } from "../exit.js";
import { withKit } from "../kit.js";
import { createProgress } from "../progress.js";

type Kind = keyof typeof KEPT_AT_LEAST;

export const prune: Command = {
  name: "prune",
  summary: "Removes old payments that nobody needs any more, for good.",
  details: [
    "Whatever is held, pending, disputed, or waits for Antom, for a hook or for a person stays, however old it is.",
    "It may run beside the shop. Their orders can be paid anew afterwards: the shop has to refuse those it has closed.",
  ],
  flags: {
    unpaid: { value: "DAYS", text: `Those never paid and at rest for so long: ${KEPT_AT_LEAST.unpaid} days at least.` },
    paid: { value: "DAYS", text: `Those that were paid and at rest for so long: ${KEPT_AT_LEAST.paid} days at least.` },
    yes: { short: "y", text: "Does not ask first." },
    ...CONFIGURED,
  },
  async run(call) {
    const { terminal } = call;
    const wanted = wantedOf(call);
    const confirm = confirmationOf(call);
    return withKit(call, async ({ antom }) => {
      await confirm(`Remove ${textOf(wanted)}, for good?`, "Nothing was removed.");
      const signal = terminal.interruption();
      const progress = createProgress(terminal, "payments removed:");
      const { removed, stopped } = await antom
        .prune({
          ...wanted,
          signal,
          onProgress: (count) => {
            progress.show(count);
          },
        })
        .finally(() => {
          progress.end();
        });
      call.print(
        `${removed} ${removed === 1 ? "payment was" : "payments were"} removed${stopped ? "; stopped before the rest" : ""}.`,
      );
      call.document({ removed, stopped });
      return stopped ? EXIT.stopped : EXIT.done;
    });
  },
};

type Wanted = Partial<Record<Kind, number>>;

function wantedOf(call: Call): Wanted {
  const wanted = { ...daysOf(call, "unpaid"), ...daysOf(call, "paid") };
  if (Object.keys(wanted).length > 0) return wanted;
  throw usage("prune needs --unpaid DAYS, --paid DAYS or both, such as --unpaid 90 --paid 400.");
}

function daysOf(call: Call, kind: Kind): Wanted {
  const text = call.text(kind);
  if (text === undefined) return {};
  const least = KEPT_AT_LEAST[kind];
  if (!/^\d{1,5}$/.test(text) || Number(text) < least) {
    throw usage(`--${kind} "${text}" is not a number of days from ${least} on.`);
  }
  return { [kind]: Number(text) };
}

const textOf = (wanted: Wanted): string =>
  Object.entries(wanted)
    .map(([kind, days]) => `the ${kind} payments of more than ${days} days ago`)
    .join(" and ");

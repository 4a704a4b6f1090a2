import { configure, type Configuration } from "../../configuration/configuration.js";
import { isAntomError, type Problem } from "../../errors.js";
import type { AntomOptions } from "../../options.js";
import { systemClock } from "../../ports.js";
import type { Check, Finding, Subject } from "../checks/finding.js";
import { checkGateway } from "../checks/gateway.js";
import { checkNotifyUrl } from "../checks/notify-url.js";
import { checkCardKey, checkKeys, checkOptions } from "../checks/options.js";
import { checkAuthorize, checkHooks } from "../checks/shop.js";
import { checkStorage } from "../checks/storage.js";
import { checkWork } from "../checks/work.js";
import { CONFIGURED, type Call, type Command } from "../command.js";
import { loadConfig } from "../config-file.js";
import { EXIT, notConfigured, type ExitCode } from "../exit.js";
import { oneLine } from "../rows.js";
import { commandUnsettled, settled } from "../settled.js";

const LABELS = { ok: "ok  ", warn: "warn", fail: "FAIL" } as const;

export const check: Command = {
  name: "check",
  summary: "Looks whether everything fits: options, keys, clock, gateway, storage, notify URL.",
  details: [
    "A line for each thing that was looked at: ok, warn or FAIL, and what to do. Exit status 1 where one says FAIL.",
  ],
  flags: CONFIGURED,
  async run(call) {
    const { options } = await loadConfig(call);
    if (options === undefined) {
      throw notConfigured(
        "check looks at the options: let the configuration export them in place of what createAntom made of them.",
      );
    }
    return settled(checked(call, options), commandUnsettled);
  },
};

async function checked(call: Call, options: AntomOptions): Promise<ExitCode> {
  const subject = subjectOf(options);
  const findings: Finding[] = [];
  const look = async (check: Check): Promise<Finding[]> => {
    const found = await check(subject);
    for (const { check: name, level, message } of found) {
      call.print(`${LABELS[level]}  ${name.padEnd(10)}  ${oneLine(message)}`);
    }
    findings.push(...found);
    return found;
  };
  for (const check of [checkOptions, checkKeys, checkCardKey, checkHooks, checkAuthorize]) await look(check);
  const storage = await look(checkStorage);
  if (storage.some(({ level }) => level !== "fail")) {
    await look(checkWork);
    await options.storage.stop();
  }
  for (const check of [checkGateway, checkNotifyUrl]) await look(check);
  const isWell = findings.every(({ level }) => level !== "fail");
  call.document({ ok: isWell, checks: findings });
  return isWell ? EXIT.done : EXIT.failed;
}

function subjectOf(options: AntomOptions): Subject {
  let configuration: Configuration | undefined;
  let problems: readonly Problem[] = [];
  try {
    configuration = configure(options);
  } catch (error) {
    if (!isAntomError(error)) throw error;
    ({ problems } = error);
  }
  // A clock that is none is among the problems.
  const clock = configuration === undefined ? undefined : options.clock;
  return { options, configuration, problems, clock: clock ?? systemClock };
}

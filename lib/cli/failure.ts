import { isAntomError, type AntomError, type AntomErrorCode } from "../errors.js";
import { moneyText } from "./money.js";
import { CommandError, EXIT, type ExitCode } from "./exit.js";
import { oneLine } from "./rows.js";
import { isError, messageOf } from "../thrown.js";

/** How something thrown ends the program. */
export interface Failure {
  readonly exit: ExitCode;
  /** For people, on standard error. */
  readonly text: string;
  /** For --json, on standard output. */
  readonly json: { readonly error: Readonly<Record<string, unknown>> };
}

const EXITS: Readonly<Partial<Record<AntomErrorCode, ExitCode>>> = {
  request_invalid: EXIT.usage,
  configuration_invalid: EXIT.notConfigured,
  storage_not_durable: EXIT.notConfigured,
  gateway_unanswered: EXIT.unreachable,
  storage_unavailable: EXIT.unreachable,
  not_started: EXIT.unreachable,
};

export function failureOf(thrown: unknown): Failure {
  if (thrown instanceof CommandError) {
    const { exit, code, message } = thrown;
    return { exit, text: message, json: { error: { code, message } } };
  }
  if (isAntomError(thrown)) return { exit: EXITS[thrown.code] ?? EXIT.failed, ...told(thrown) };
  const message = messageOf(thrown);
  const text = isError(thrown) ? (thrown.stack ?? message) : message;
  return { exit: EXIT.failed, text, json: { error: { code: "internal", message } } };
}

/** Refusals name minor units ("EUR 2500 (minor units)"), which is what --minor takes; people read money. */
const withMoney = (message: string): string =>
  message.replace(
    /([A-Z]{3}) (\d{1,17}) \(minor units\)/g,
    (_, currency: string, value: string) => `${moneyText({ currency, value })} (${value} in minor units)`,
  );

function told({ code, message, problems, remedy, resultCode, help }: AntomError): Pick<Failure, "text" | "json"> {
  const untold = problems.filter((problem) => !message.includes(problem.message));
  return {
    text: [withMoney(message), ...untold.map((problem) => oneLine(`  ${problem.at}: ${problem.message}`)), help].join(
      "\n",
    ),
    json: {
      error: {
        code,
        message,
        ...(problems.length === 0 ? {} : { problems }),
        ...(remedy === undefined ? {} : { remedy }),
        ...(resultCode === undefined ? {} : { resultCode }),
        help,
      },
    },
  };
}

import { GENERAL, type Command, type Flag } from "./command.js";
import { rows } from "./rows.js";

const PROGRAM = "npx express-antom";

/** One command at length, those that begin with a word, or all of them. */
export function helpText(about: Command | string | undefined, commands: readonly Command[]): string {
  if (typeof about === "object") return commandHelp(about);
  const listed = about === undefined ? commands : commands.filter(({ name }) => name.startsWith(`${about} `));
  return [
    `Usage: ${PROGRAM} ${about ?? "COMMAND"} ...`,
    "",
    rows(listed.map((command) => [`  ${called(command)}`, command.summary])),
    "",
    `${PROGRAM} COMMAND --help explains one of them. Exit status: 0 done, 1 refused or failed, 2 not understood,`,
    "3 not configured, 4 the outcome is not known yet, 5 not reached, 130 stopped.",
    "",
  ].join("\n");
}

function commandHelp(command: Command): string {
  const { summary, operand, details = [], flags } = command;
  const all = Object.entries({ ...flags, ...GENERAL });
  return [
    `Usage: ${PROGRAM} ${called(command)} [FLAGS]`,
    "",
    summary,
    ...details,
    "",
    rows([
      ...(operand === undefined ? [] : [[`  ${operand.name}`, operand.text]]),
      ...all.map(([name, flag]) => [`  ${written(name, flag)}`, flag.text]),
    ]),
    "",
  ].join("\n");
}

const called = ({ name, operand }: Command): string =>
  operand === undefined ? name : `${name} ${operand.isRequired ? operand.name : `[${operand.name}]`}`;

const written = (name: string, { value, short }: Flag): string =>
  `${short === undefined ? "" : `-${short}, `}--${name}${value === undefined ? "" : ` ${value}`}`;

import { readArguments, type Typed } from "./arguments.js";
import type { Call } from "./command.js";
import { COMMANDS } from "./commands.js";
import { EXIT, type ExitCode } from "./exit.js";
import { failureOf } from "./failure.js";
import { helpText } from "./help.js";
import { jsonText, plainLines } from "./rows.js";
import type { Terminal } from "./terminal.js";

/** Carries out one command line, and resolves to the exit status. Never rejects. */
export async function run(argv: readonly string[], terminal: Terminal): Promise<ExitCode> {
  const isJson = argv.includes("--json");
  const document = (value: unknown): void => {
    if (isJson) terminal.out(`${jsonText(value)}\n`);
  };
  try {
    const typed = readArguments(argv, COMMANDS);
    if (!("command" in typed)) {
      const text = helpText(typed.about, COMMANDS);
      if (isJson) document({ help: text });
      else terminal.out(text);
      return EXIT.done;
    }
    return await typed.command.run(callOf(typed, terminal, document));
  } catch (error) {
    const { exit, text, json } = failureOf(error);
    document(json);
    if (!isJson) terminal.err(`express-antom: ${plainLines(text)}\n`);
    return exit;
  }
}

const callOf = ({ operand, values }: Typed, terminal: Terminal, document: Call["document"]): Call => ({
  terminal,
  operand,
  text: (flag) => values.get(flag)?.[0],
  texts: (flag) => values.get(flag) ?? [],
  isOn: (flag) => values.has(flag),
  print: (text) => {
    if (!values.has("json")) terminal.out(`${plainLines(text)}\n`);
  },
  document,
});

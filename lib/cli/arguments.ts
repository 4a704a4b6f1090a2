import { parseArgs, type ParseArgsConfig } from "node:util";
import { nearest } from "../nearest.js";
import { GENERAL, type Command, type Flag } from "./command.js";
import { usage } from "./exit.js";

/** What was typed, understood. */
export interface Typed {
  readonly command: Command;
  readonly operand: string | undefined;
  readonly values: ReadonlyMap<string, readonly string[]>;
}

/** Nothing to carry out, but to explain: a command, those that begin with a word, or all. */
export interface HelpWanted {
  readonly about: Command | string | undefined;
}

type Options = NonNullable<ParseArgsConfig["options"]>;

/**
 * Reads a command line. Flags may stand anywhere, also before the command's name.
 *
 * @throws CommandError saying what was not understood, and what may have been meant
 */
export function readArguments(argv: readonly string[], commands: readonly Command[]): Typed | HelpWanted {
  const known = new Map(commands.flatMap((command) => Object.entries({ ...GENERAL, ...command.flags })));
  const options: Options = Object.fromEntries([...known].map(([name, flag]) => [name, optionOf(flag)]));
  const { tokens } = parseArgs({ args: [...argv], options, strict: false, tokens: true, allowPositionals: true });
  const words = tokens.flatMap((token) => (token.kind === "positional" ? [token.value] : []));
  const given = tokens.filter((token) => token.kind === "option");
  const isHelp = given.some(({ name }) => name === "help") || words[0] === "help";
  if (isHelp) return { about: helpTopic(words[0] === "help" ? words.slice(1) : words, commands) };

  const command = commandOf(words, commands);
  const mine = new Map(Object.entries({ ...GENERAL, ...command.flags }));
  const values = new Map<string, string[]>();
  for (const { name, rawName, value, inlineValue } of given) {
    const flag = mine.get(name);
    if (flag === undefined) throw unknownFlag(rawName, command, [...mine.keys()]);
    const before = values.get(name) ?? [];
    if (before.length > 0 && flag.multiple !== true) throw usage(`${rawName} is given twice.`);
    if (flag.value === undefined) {
      if (value !== undefined) throw usage(`${rawName} takes no value.`);
    } else if (value === undefined || (!inlineValue && /^-./.test(value))) {
      throw usage(`${rawName} needs a value: ${rawName} ${flag.value}.`);
    }
    values.set(name, [...before, value ?? ""]);
  }
  const [operand, ...rest] = words.slice(command.name.split(" ").length);
  if (rest[0] !== undefined || (operand !== undefined && command.operand === undefined)) {
    throw usage(`${command.name} does not know what to do with "${rest[0] ?? operand ?? ""}".`);
  }
  if (operand === undefined && command.operand?.isRequired === true) {
    throw usage(`${command.name} needs ${command.operand.name}: ${command.operand.text}`);
  }
  return { command, operand, values };
}

const optionOf = ({ value, short }: Flag): Options[string] => ({
  type: value === undefined ? "boolean" : "string",
  ...(short === undefined ? {} : { short }),
});

function commandOf(words: readonly string[], commands: readonly Command[]): Command {
  const [first, second] = words;
  if (first === undefined) throw usage("Which command? express-antom --help lists them.");
  const found = commands.find(({ name }) => name === first || name === `${first} ${second ?? ""}`);
  if (found !== undefined) return found;
  const inGroup = commands.flatMap(({ name }) => (name.startsWith(`${first} `) ? [name.slice(first.length + 1)] : []));
  if (inGroup.length === 0) {
    const names = [...new Set(commands.map(({ name }) => name.split(" ")[0] ?? name))];
    throw usage(`There is no command "${first}"${meant(first, names, "; there are ")}`);
  }
  if (second === undefined) throw usage(`${first} what? There are ${inGroup.join(", ")}.`);
  throw usage(`There is no command "${first} ${second}"${meant(second, inGroup, "; there are ")}`);
}

/** With --help what comes after the command's name does not matter. */
function helpTopic(words: readonly string[], commands: readonly Command[]): HelpWanted["about"] {
  const [first] = words;
  if (first === undefined) return undefined;
  const isGroup = commands.some(({ name }) => name.startsWith(`${first} `));
  return isGroup && words.length === 1 ? first : commandOf(words, commands);
}

const unknownFlag = (typed: string, command: Command, names: readonly string[]) =>
  usage(`${command.name} has no ${typed}${meant(typed.replace(/^-+/, ""), names, "; it has ", (name) => `--${name}`)}`);

function meant(typed: string, names: readonly string[], list: string, show = (name: string): string => name): string {
  const near = nearest(typed, names);
  return near === undefined ? `${list}${names.map(show).join(", ")}.` : `; did you mean ${show(near)}?`;
}

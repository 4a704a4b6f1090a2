import type { Call } from "./command.js";
import { CommandError, EXIT, usage } from "./exit.js";
import { oneLine } from "./rows.js";

/**
 * Asks a question, and throws a CommandError with the text for a no where it is not answered with yes. Resolves to whether anybody was asked: who
 * was may have taken their time.
 */
export type Confirm = (question: string, no: string) => Promise<boolean>;

/**
 * How a command is confirmed before it does anything: by whoever is at the keyboard, unless --yes is given. A script is not asked.
 *
 * @throws CommandError where somebody is there who would not see the question
 */
export function confirmationOf(call: Call): Confirm {
  const { terminal } = call;
  if (call.isOn("yes") || !terminal.hasKeyboard) return () => Promise.resolve(false);
  if (!terminal.hasScreen) {
    throw usage(
      "This asks first, on standard error, which is no terminal here: give --yes to do it without being asked.",
    );
  }
  return async (question, no) => {
    const answer = await terminal.ask(`${oneLine(question)} [y/N] `);
    if (!/^y(es)?$/i.test(answer.trim())) throw new CommandError(EXIT.failed, "declined", no);
    return true;
  };
}

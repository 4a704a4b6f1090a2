import type { Terminal } from "../../lib/cli/terminal.js";

/** A terminal whose person the test plays. */
export interface FakeTerminal extends Terminal {
  readonly written: { out: string; err: string };
  readonly questions: string[];
  /** What is answered to each question. */
  answer: string;
  /** What happens while a question waits for its answer. */
  meanwhile: () => Promise<unknown>;
  /** Called with everything that is written to standard error. */
  onErr: (text: string) => void;
  readonly interrupter: AbortController;
}

/** @param hasKeyboard whether somebody is there, who sees what is written unless told otherwise */
export function fakeTerminal(cwd: string, hasKeyboard = false, hasScreen = hasKeyboard): FakeTerminal {
  const written = { out: "", err: "" };
  const interrupter = new AbortController();
  const terminal: FakeTerminal = {
    cwd,
    env: {},
    written,
    questions: [],
    answer: "",
    meanwhile: () => Promise.resolve(),
    onErr: () => undefined,
    interrupter,
    out: (text) => {
      written.out += text;
    },
    err: (text) => {
      written.err += text;
      terminal.onErr(text);
    },
    input: () => Promise.resolve(Buffer.alloc(0)),
    hasKeyboard,
    hasScreen,
    async ask(question) {
      terminal.questions.push(question);
      await terminal.meanwhile();
      return terminal.answer;
    },
    interruption: () => interrupter.signal,
  };
  return terminal;
}

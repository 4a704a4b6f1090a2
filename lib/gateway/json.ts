import { isUtf8 } from "node:buffer";

/** Deeper than any message of Antom's, and shallow enough for whatever walks it later. */
export const MAX_DEPTH = 32;

export class JsonProblem extends Error {
  override readonly name = "JsonProblem";
}

/**
 * Parses JSON that came from outside: strictly UTF-8, and no deeper than 32 levels, which is checked before anything recursive sees it.
 *
 * @throws JsonProblem saying what is wrong
 */
export function parseJson(bytes: Buffer): unknown {
  if (!isUtf8(bytes)) throw new JsonProblem("it is not UTF-8");
  const text = bytes.toString("utf8");
  if (!hasFewBrackets(text) && depthOf(text) > MAX_DEPTH)
    throw new JsonProblem(`it is nested deeper than ${MAX_DEPTH} levels`);
  try {
    return JSON.parse(text) as unknown;
  } catch {
    throw new JsonProblem("it is not JSON");
  }
}

/** Whether there are so few that they cannot nest too deeply, as in nearly every message: quicker to tell than which of them are in strings. */
function hasFewBrackets(text: string): boolean {
  let left = MAX_DEPTH;
  for (const bracket of ["{", "["]) {
    for (let at = text.indexOf(bracket); at !== -1; at = text.indexOf(bracket, at + 1)) if (--left < 0) return false;
  }
  return true;
}

/** The deepest nesting of brackets outside strings; for text that is not JSON some upper bound of no meaning. */
function depthOf(text: string): number {
  let depth = 0;
  let deepest = 0;
  let quoted = false;
  for (let index = 0; index < text.length; index++) {
    const char = text.charCodeAt(index);
    if (quoted) {
      if (char === BACKSLASH) index++;
      else if (char === QUOTE) quoted = false;
    } else if (char === QUOTE) quoted = true;
    else if (char === OPEN_BRACE || char === OPEN_BRACKET) deepest = Math.max(deepest, ++depth);
    else if (char === CLOSE_BRACE || char === CLOSE_BRACKET) depth--;
  }
  return deepest;
}

const QUOTE = 0x22;
const BACKSLASH = 0x5c;
const OPEN_BRACKET = 0x5b;
const CLOSE_BRACKET = 0x5d;
const OPEN_BRACE = 0x7b;
const CLOSE_BRACE = 0x7d;

import { isThisMachine } from "../this-machine.js";

/** An https URL, or an http one of this very machine. */
export function webUrl(value: unknown): URL | undefined {
  if (typeof value !== "string" || !URL.canParse(value)) return undefined;
  const url = new URL(value);
  const isSafe = url.protocol === "https:" || (url.protocol === "http:" && isThisMachine(url));
  return isSafe && url.username === "" && url.password === "" ? url : undefined;
}

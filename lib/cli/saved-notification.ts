import { readFile, stat } from "node:fs/promises";
import { resolve } from "node:path";
import type { Call } from "./command.js";
import { CommandError, EXIT, usage } from "./exit.js";
import { messageOf } from "../thrown.js";

/** More than the kit takes. */
const MOST = 1024 * 1024;

/** Those that matter; the rest is between the client and the server of then. */
const SENT = ["client-id", "request-time", "signature", "content-type"] as const;

export interface SavedNotification {
  readonly headers: Readonly<Record<string, string>>;
  readonly body: Buffer;
}

/**
 * Reads a notification from a file, or from standard input for "-": JSON with `headers` and `body`, or with --header the bare body.
 *
 * @throws CommandError saying how it is saved
 */
export async function readNotificationFile(call: Call): Promise<SavedNotification> {
  const bytes = await bytesOf(call);
  const given = call.texts("header");
  if (given.length > 0) return { headers: sent(given.map(headerOf)), body: bytes };
  let saved: unknown;
  try {
    saved = JSON.parse(bytes.toString("utf8"));
  } catch {
    saved = undefined;
  }
  const { headers, body } = isSaved(saved) ? saved : {};
  if (typeof headers !== "object" || headers === null || body === undefined) {
    throw usage(
      'This is not a saved notification: it is JSON such as { "headers": { "Client-Id": "...", "Request-Time": "...", "Signature": "..." }, "body": "..." }, ' +
        "the body being the text that came; or the bare body, with its headers given by --header.",
    );
  }
  if (typeof body !== "string") {
    call.terminal.err("warning: the saved body is not a text, so its bytes may not be those that were signed\n");
  }
  const text = typeof body === "string" ? body : JSON.stringify(body);
  const pairs = Object.entries(headers).map(([name, value]) => [name, String(value)] as const);
  return { headers: sent(pairs), body: Buffer.from(text, "utf8") };
}

async function bytesOf({ operand = "", terminal }: Call): Promise<Buffer> {
  const tooLong = (): CommandError => usage(`A notification is shorter than ${MOST} bytes.`);
  if (operand === "-") {
    const bytes = await terminal.input(MOST);
    if (bytes === undefined) throw tooLong();
    return bytes;
  }
  const file = resolve(terminal.cwd, operand);
  try {
    if ((await stat(file)).size > MOST) throw tooLong();
    return await readFile(file);
  } catch (error) {
    if (error instanceof CommandError) throw error;
    throw new CommandError(EXIT.usage, "usage", `${operand} could not be read: ${messageOf(error)}`);
  }
}

function headerOf(text: string): readonly [string, string] {
  const [, name, value] = /^([!#$%&'*+.^_`|~0-9A-Za-z-]+):\s*(.*)$/.exec(text) ?? [];
  if (name === undefined || value === undefined) throw usage(`--header "${text}" is not "Name: value".`);
  return [name, value.trim()];
}

function sent(pairs: readonly (readonly [string, string])[]): Record<string, string> {
  const given = new Map(pairs.map(([name, value]) => [name.toLowerCase(), value]));
  const headers: Record<string, string> = { "content-type": "application/json; charset=UTF-8" };
  for (const name of SENT) {
    const value = given.get(name);
    if (value === undefined) continue;
    if (!/^[\x20-\x7e]*$/.test(value)) throw usage(`The header ${name} holds something that no header may.`);
    headers[name] = value;
  }
  return headers;
}

const isSaved = (value: unknown): value is { readonly headers?: unknown; readonly body?: unknown } =>
  typeof value === "object" && value !== null;

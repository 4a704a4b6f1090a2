import { request as httpRequest, type IncomingMessage } from "node:http";
import { request as httpsRequest } from "node:https";
import { readBody } from "../http/body.js";

/** How much of an answer is read. */
const ANSWER_LIMIT = 64 * 1024;

export interface PostedAnswer {
  readonly status: number;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string;
}

export interface Post {
  readonly url: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string;
  /** Milliseconds until the answer must be complete. */
  readonly timeout: number;
  /** Ends it early. */
  readonly signal: AbortSignal;
  /** Break the connection once the body is sent, without reading an answer. */
  readonly breakAfterSending?: boolean;
}

/** Sends a POST over a connection of its own and reads the answer; rejects when there is none. */
export async function post(message: Post): Promise<PostedAnswer> {
  const { timeout, signal } = message;
  const end = new AbortController();
  const stop = (): void => {
    end.abort();
  };
  // Real time, whatever clock the simulator runs on: the shop answers in real time.
  const timer = setTimeout(stop, timeout);
  signal.addEventListener("abort", stop, { once: true });
  try {
    return await exchange(message, end.signal);
  } catch (error) {
    throw end.signal.aborted ? new Error(signal.aborted ? "the simulator was closed" : "no answer in time") : error;
  } finally {
    clearTimeout(timer);
    signal.removeEventListener("abort", stop);
  }
}

function exchange({ url, headers, body, breakAfterSending }: Post, signal: AbortSignal): Promise<PostedAnswer> {
  const send = new URL(url).protocol === "https:" ? httpsRequest : httpRequest;
  return new Promise((resolve, reject) => {
    const outgoing = send(url, {
      method: "POST",
      headers: { ...headers, "content-length": Buffer.byteLength(body) },
      agent: false,
      signal,
    });
    outgoing.on("error", reject);
    outgoing.on("response", (incoming) => {
      readAnswer(incoming).then(resolve, reject);
    });
    if (breakAfterSending === true) {
      outgoing.on("finish", () => {
        // The shop must get the bytes before it sees the connection end.
        outgoing.socket?.end(() => outgoing.destroy(new Error("connection broken before the answer")));
      });
    }
    outgoing.end(body);
  });
}

async function readAnswer(incoming: IncomingMessage): Promise<PostedAnswer> {
  const body = await readBody(incoming, ANSWER_LIMIT);
  if (body === undefined) {
    incoming.destroy();
    throw new Error("the answer broke off or is too long");
  }
  const headers = Object.entries(incoming.headers).map(([name, value]): [string, string] => [name, String(value)]);
  return { status: incoming.statusCode ?? 0, headers: Object.fromEntries(headers), body: body.toString("utf8") };
}

import type { Request } from "express";
import { AntomError } from "../errors.js";
import type { Clock } from "../ports.js";

export interface BodyLimits {
  /** Bytes. */
  readonly maxBytes: number;
  /** Milliseconds for the whole body to arrive. */
  readonly timeout: number;
  readonly clock: Clock;
}

/** A request's body: its bytes, or only what an earlier parser made of them. */
export type Body =
  { readonly kind: "bytes"; readonly bytes: Buffer } | { readonly kind: "parsed"; readonly value: unknown };

/**
 * The body of a request, whatever ran before. In this order: the bytes themselves, if nobody has read them; `req.rawBody` or a
 * `req.body` of bytes or text, if somebody kept them; else what is left of them, which can no longer be verified. What somebody keeps
 * is believed once the request has ended: half a body may well name another order.
 *
 * @throws AntomError `body_too_large`, `body_unreadable`, `body_missing`, `content_type_unsupported`
 */
export async function readBody(req: Request, limits: BodyLimits): Promise<Body> {
  // Over HTTP/2 half a body ends as a whole one does, and only `aborted` tells. Over HTTP/1 it is also told of requests that an adapter makes by hand.
  const { aborted } = req as { aborted?: unknown };
  const isHalf = aborted === true && (req.httpVersionMajor === 2 || !req.readableEnded);
  if (isHalf || (req.destroyed && !req.readableEnded)) throw broken();
  if (req.readable && !req.readableDidRead) return { kind: "bytes", bytes: await readBytes(req, limits) };
  if (req.readable) await untilEnd(req, limits, () => undefined);
  const { rawBody, body } = req as { rawBody?: unknown; body?: unknown };
  for (const kept of [rawBody, body]) {
    const bytes = Buffer.isBuffer(kept) ? kept : typeof kept === "string" ? encoded(req, kept) : undefined;
    if (bytes === undefined) continue;
    if (bytes.length > limits.maxBytes) throw tooLarge(limits);
    return { kind: "bytes", bytes };
  }
  if (body === undefined || body === null || isPlaceholder(req, body)) {
    throw new AntomError(
      "body_missing",
      "something read this request's body before the kit and kept nothing of it; mount the kit's router before body parsers",
    );
  }
  return { kind: "parsed", value: body };
}

/**
 * Whether nobody has parsed what came, and the empty object is only put there in advance: body-parser of Express 4 (the one with `req.param`) does so
 * also where a body is not of its type, and marks with `_body` what it has parsed. Taken for the body, it would have all of a payment captured
 * instead of the part asked for.
 */
function isPlaceholder(req: Request, body: unknown): boolean {
  if (!("param" in req)) return false;
  const { "content-length": length, "transfer-encoding": encoding } = req.headers;
  const isAnnounced = encoding !== undefined || Number(length ?? 0) > "{}".length;
  const isParsed = (req as { _body?: unknown })._body === true;
  return isAnnounced && !isParsed && typeof body === "object" && body !== null && Object.keys(body).length === 0;
}

async function readBytes(req: Request, limits: BodyLimits): Promise<Buffer> {
  const encoding = req.headers["content-encoding"];
  if (encoding !== undefined && encoding !== "identity") {
    throw new AntomError("content_type_unsupported", "a compressed body is not accepted here");
  }
  const chunks: Buffer[] = [];
  await untilEnd(req, limits, (chunk) => chunks.push(chunk));
  return chunks.length === 1 && chunks[0] ? chunks[0] : Buffer.concat(chunks);
}

/** Hands on what still comes of a body, until all of it has come. */
function untilEnd(req: Request, limits: BodyLimits, take: (chunk: Buffer) => void): Promise<void> {
  if (Number(req.headers["content-length"] ?? 0) > limits.maxBytes) return Promise.reject(tooLarge(limits));
  return new Promise((resolve, reject) => {
    let length = 0;
    const leave = (): void => {
      cancel();
      req.off("data", onData).off("end", onEnd).off("error", onError).off("close", onError);
    };
    const fail = (error: unknown): void => {
      leave();
      // eslint-disable-next-line @typescript-eslint/prefer-promise-reject-errors -- whatever was thrown
      reject(error);
    };
    const onData = (piece: Buffer | string): void => {
      // Nobody is there to catch what a listener throws: it would end the process.
      try {
        const chunk = typeof piece === "string" ? encoded(req, piece) : piece;
        length += chunk.length;
        if (length > limits.maxBytes) fail(tooLarge(limits));
        else take(chunk);
      } catch (error) {
        fail(error);
      }
    };
    const onEnd = (): void => {
      leave();
      resolve();
    };
    const onError = (): void => {
      fail(broken());
    };
    const cancel = limits.clock.after(limits.timeout, () => {
      fail(new AntomError("body_unreadable", "the body took too long to come"));
    });
    // A stream that somebody has paused is not set going by a listener.
    req.on("data", onData).on("end", onEnd).on("error", onError).on("close", onError).resume();
  });
}

/** The bytes of a text that a stream was told to deliver instead of them (`req.setEncoding`). */
const encoded = (req: Request, text: string): Buffer => Buffer.from(text, req.readableEncoding ?? "utf8");

const broken = (): AntomError =>
  new AntomError("body_unreadable", "the connection broke before the whole body had come");

const tooLarge = ({ maxBytes }: BodyLimits): AntomError =>
  new AntomError("body_too_large", `the body is longer than ${maxBytes} bytes`);

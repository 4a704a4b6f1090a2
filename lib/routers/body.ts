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
 * `req.body` of bytes or text, if somebody kept them; else what is left of them, which can no longer be verified.
 *
 * @throws AntomError `body_too_large`, `body_unreadable`, `body_missing`
 */
export async function readBody(req: Request, limits: BodyLimits): Promise<Body> {
  if (req.readable && !req.readableDidRead) return { kind: "bytes", bytes: await readBytes(req, limits) };
  const { rawBody, body } = req as { rawBody?: unknown; body?: unknown };
  for (const kept of [rawBody, body]) {
    const bytes = Buffer.isBuffer(kept) ? kept : typeof kept === "string" ? Buffer.from(kept, "utf8") : undefined;
    if (bytes === undefined) continue;
    if (bytes.length > limits.maxBytes) throw tooLarge(limits);
    return { kind: "bytes", bytes };
  }
  if (body === undefined || body === null) {
    if (req.destroyed && !req.readableEnded && !req.readableDidRead) {
      throw new AntomError("body_unreadable", "the connection broke before the kit came to read the body");
    }
    throw new AntomError(
      "body_missing",
      "something read this request's body before the kit and kept nothing of it; mount the kit's router before body parsers",
    );
  }
  return { kind: "parsed", value: body };
}

function readBytes(req: Request, limits: BodyLimits): Promise<Buffer> {
  if (Number(req.headers["content-length"] ?? 0) > limits.maxBytes) return Promise.reject(tooLarge(limits));
  const encoding = req.headers["content-encoding"];
  if (encoding !== undefined && encoding !== "identity") {
    return Promise.reject(new AntomError("content_type_unsupported", "a compressed body is not accepted here"));
  }
  return new Promise((resolve, reject) => {
    const chunks: Buffer[] = [];
    let length = 0;
    const settle = (error?: AntomError): void => {
      cancel();
      req.off("data", onData).off("end", onEnd).off("error", onError).off("close", onError);
      if (error === undefined) resolve(chunks.length === 1 && chunks[0] ? chunks[0] : Buffer.concat(chunks));
      else reject(error);
    };
    const onData = (chunk: Buffer): void => {
      length += chunk.length;
      if (length > limits.maxBytes) settle(tooLarge(limits));
      else chunks.push(chunk);
    };
    const onEnd = (): void => {
      settle();
    };
    const onError = (): void => {
      settle(new AntomError("body_unreadable", "the connection broke before the whole body had come"));
    };
    const cancel = limits.clock.after(limits.timeout, () => {
      settle(new AntomError("body_unreadable", "the body took too long to come"));
    });
    req.on("data", onData).on("end", onEnd).on("error", onError).on("close", onError);
  });
}

const tooLarge = ({ maxBytes }: BodyLimits): AntomError =>
  new AntomError("body_too_large", `the body is longer than ${maxBytes} bytes`);

import type { IncomingMessage } from "node:http";

/** The whole body, or undefined when it is longer than `limit` bytes or the client went away. */
export async function readBody(request: IncomingMessage, limit: number): Promise<Buffer | undefined> {
  const chunks: Buffer[] = [];
  let size = 0;
  try {
    for await (const chunk of request.iterator({ destroyOnReturn: false })) {
      const bytes = Buffer.isBuffer(chunk) ? chunk : Buffer.from(String(chunk), "utf8");
      size += bytes.length;
      if (size > limit) {
        request.resume();
        return undefined;
      }
      chunks.push(bytes);
    }
  } catch {
    return undefined;
  }
  return Buffer.concat(chunks);
}

/** A submitted HTML form. Undefined when it is longer than `limit` bytes or not a form. */
export async function readForm(request: IncomingMessage, limit: number): Promise<URLSearchParams | undefined> {
  const type = request.headers["content-type"] ?? "";
  if (!/^application\/x-www-form-urlencoded\b/i.test(type)) return undefined;
  const body = await readBody(request, limit);
  return body && new URLSearchParams(body.toString("utf8"));
}

const HEAD_END = Buffer.from("\r\n\r\n");
const LAST_CHUNK = Buffer.from("0\r\n\r\n");

/** Finds the end of each HTTP answer on a connection that carries one at a time. */
export class AnswerReader {
  #pending: Buffer | undefined;

  /** The answer's status once the whole of it has come; 0 while it has not. */
  take(chunk: Buffer): number {
    const bytes = this.#pending === undefined ? chunk : Buffer.concat([this.#pending, chunk]);
    const end = endOf(bytes);
    if (end === undefined || end > bytes.length) {
      this.#pending = bytes;
      return 0;
    }
    this.#pending = undefined;
    if (end < bytes.length) throw new Error("more came than was asked for");
    return (bytes[9] ?? 0) * 100 + (bytes[10] ?? 0) * 10 + (bytes[11] ?? 0) - 48 * 111;
  }
}

/** Where the answer ends; undefined while that cannot be told. */
function endOf(bytes: Buffer): number | undefined {
  const head = bytes.indexOf(HEAD_END);
  if (head < 0) return undefined;
  const fields = bytes.toString("latin1", 0, head).toLowerCase();
  const length = fields.indexOf("content-length:");
  if (length >= 0) return head + HEAD_END.length + parseInt(fields.slice(length + 15, length + 30), 10);
  if (!fields.includes("transfer-encoding: chunked")) return head + HEAD_END.length;
  const last = bytes.indexOf(LAST_CHUNK, head);
  return last < 0 ? undefined : last + LAST_CHUNK.length;
}

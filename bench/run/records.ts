import { closeSync, openSync, readSync, writeSync } from "node:fs";

/** Bytes in front of each record that tell its length. */
const HEAD = 4;

/** A file of whole HTTP requests, ready to be written to a socket; each takes up `stride` bytes. */
export interface Records {
  readonly file: string;
  readonly stride: number;
  readonly count: number;
}

/** Makes the file. `make` gives the request of each number, or a promise of it; so many are made at once. */
export async function writeRecords(
  file: string,
  count: number,
  stride: number,
  make: (number: number) => Promise<Buffer> | Buffer,
  atOnce = 64,
): Promise<Records> {
  const handle = openSync(file, "w");
  try {
    for (let from = 0; from < count; from += atOnce) {
      const numbers = Array.from({ length: Math.min(atOnce, count - from) }, (_, index) => from + index);
      const requests = await Promise.all(numbers.map(async (number) => make(number)));
      const block = Buffer.alloc(requests.length * stride);
      for (const [index, request] of requests.entries()) {
        if (request.length > stride - HEAD) throw new RangeError(`a request of ${request.length} bytes is too long`);
        block.writeUInt32LE(request.length, index * stride);
        request.copy(block, index * stride + HEAD);
      }
      writeSync(handle, block, 0, block.length, from * stride);
    }
  } finally {
    closeSync(handle);
  }
  return { file, stride, count };
}

/** Some of a file's requests. */
export function readRecords({ file, stride }: Records, from: number, count: number): Buffer[] {
  const block = Buffer.allocUnsafe(count * stride);
  const handle = openSync(file, "r");
  try {
    let read = 0;
    while (read < block.length) {
      const got = readSync(handle, block, read, block.length - read, from * stride + read);
      if (got === 0) throw new RangeError("there are not so many requests in the file");
      read += got;
    }
  } finally {
    closeSync(handle);
  }
  return Array.from({ length: count }, (_, index) => {
    const at = index * stride;
    return block.subarray(at + HEAD, at + HEAD + block.readUInt32LE(at));
  });
}

/** A whole HTTP/1.1 request. */
export function request(
  method: "GET" | "POST",
  path: string,
  headers: Readonly<Record<string, string>>,
  body = "",
): Buffer {
  const lines = Object.entries({
    host: "shop.example",
    ...headers,
    ...(method === "POST" ? { "content-length": String(Buffer.byteLength(body)) } : {}),
  }).map(([name, value]) => `${name}: ${value}\r\n`);
  return Buffer.from(`${method} ${path} HTTP/1.1\r\n${lines.join("")}\r\n${body}`, "utf8");
}

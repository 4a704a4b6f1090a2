import { fstatSync, writeSync } from "node:fs";
import { errorCode, isError, messageOf } from "../thrown.js";

/** Writes to standard output; `done` is called once it is out or nobody reads any more, and never where it could not be written. */
export type Write = (text: string, done?: () => void) => void;

/**
 * Keeps standard output for what is written with the answer. All else that this process writes there from now on goes to standard error:
 * what the shop's own modules print, and what their loggers do. What writes to file descriptor 1 itself cannot be kept away. Once whoever reads
 * has seen enough (`... | head`), what is written is dropped without a word.
 *
 * @param failed called once, where standard output takes no more though somebody reads; what is written from then on is dropped
 */
export function keepStandardOutput(failed: (error: NodeJS.ErrnoException) => void): Write {
  const { stdout, stderr } = process;
  const write = stdout.write.bind(stdout);
  // A pino that is made from here on writes through this: it leaves the file descriptor alone where `write` is not the stream's own.
  stdout.write = stderr.write.bind(stderr);
  const isFile = fstatSync(stdout.fd).isFile();
  let isUnread = false;
  let isLost = false;
  const lost = (error: Error): void => {
    isUnread ||= errorCode(error) === "EPIPE";
    if (isLost || isUnread) return;
    isLost = true;
    failed(error);
  };
  stdout.on("error", lost);
  return (text, done) => {
    if (isLost) return;
    const written = (error?: Error | null): void => {
      if (error) lost(error);
      if (!isLost && (isUnread || !error)) done?.();
    };
    if (isUnread) written();
    else if (isFile) written(writeWhole((bytes) => writeSync(stdout.fd, bytes), text));
    else write(text, written);
  };
}

/**
 * Writes all of a text to a file. Where the disk fills up a file takes a part, and only the next write fails: node's own stream takes the part
 * for the whole.
 *
 * @param write answers with how many bytes it has written
 * @returns why not all of it could be written
 */
export function writeWhole(write: (bytes: Buffer) => number, text: string): Error | undefined {
  let rest = Buffer.from(text, "utf8");
  try {
    while (rest.length > 0) rest = rest.subarray(write(rest));
    return undefined;
  } catch (error) {
    return isError(error) ? error : new Error(messageOf(error));
  }
}

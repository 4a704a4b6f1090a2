import { write, writeSync } from "node:fs";
import { errorCode } from "./thrown.js";

/** How much may wait to be written, in characters; a line that comes beyond it is dropped. */
export const LOG_ROOM = 4 << 20;

/** How long to wait before another try, in milliseconds, where what reads the log takes nothing just now. */
const AGAIN = 100;

/** For how long nothing may be taken at the process's end, in milliseconds, before the rest is given up. */
const PATIENCE = 5_000;

/** How much is written at once, in bytes: of so much it is not known at the process's end whether it was written. */
const AT_ONCE = 16 * 1024;

const LINE_FEED = 0x0a;
const NONE = Buffer.alloc(0);

/** Where lines of a log go. */
export interface LogOutput {
  /** Takes a line that ends with a line feed. Never throws. */
  write(line: string): void;
  /** Writes what waits at once, as the process ends: nothing is written behind its back any more. */
  end(): void;
}

/**
 * Writes lines to a file descriptor, behind the shop's back: one that cannot be written is dropped, and the next is tried as if nothing had
 * happened. (Where the disk is full, pino's own stream ends the process by an error that nobody hears, and then never lets it end.)
 */
export function createLogOutput(fd: number): LogOutput {
  let lines: string[] = [];
  let room = LOG_ROOM;
  let rest: Buffer = NONE;
  let state: "idle" | "called" | "writing" | "waiting" = "idle";
  let isTorn = false;

  const take = (): void => {
    if (lines.length === 0) return;
    // A line of which only a part could be written does not spoil the next.
    if (isTorn && rest.length === 0) lines.unshift("\n");
    rest = Buffer.concat([rest, Buffer.from(lines.join(""))]);
    lines = [];
    room = LOG_ROOM;
  };

  const wrote = (bytes: number): void => {
    if (bytes > 0) isTorn = rest[bytes - 1] !== LINE_FEED;
    rest = rest.subarray(bytes);
  };

  const go = (): void => {
    if (rest.length === 0) take();
    if (rest.length === 0) {
      state = "idle";
      return;
    }
    state = "writing";
    write(fd, rest, 0, Math.min(rest.length, AT_ONCE), null, (error, bytes) => {
      if (error === null) wrote(bytes);
      else if (isBusy(error)) {
        state = "waiting";
        // Whoever reads the log does not keep the process from ending.
        setTimeout(go, AGAIN).unref();
        return;
      } else rest = NONE;
      go();
    });
  };

  return {
    write(line) {
      if (line.length > room) return;
      lines.push(line);
      room -= line.length;
      if (state !== "idle") return;
      state = "called";
      setImmediate(go);
    },
    end() {
      // The system has those.
      if (state === "writing") wrote(Math.min(rest.length, AT_ONCE));
      take();
      let taken = Date.now();
      while (rest.length > 0) {
        try {
          wrote(writeSync(fd, rest));
          taken = Date.now();
        } catch (error) {
          if (!isBusy(error) || Date.now() - taken >= PATIENCE) return;
          Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, AGAIN / 10);
        }
      }
    },
  };
}

/** Whether it was merely no time to write: a pipe whose reader is slow is full for a while. */
const isBusy = (error: unknown): boolean => ["EAGAIN", "EBUSY"].includes(errorCode(error) ?? "");

import { redacted } from "./redact.js";

/**
 * One API call as it came in. Of card numbers the digits that may be kept are left, of card tokens the first six
 * characters; security codes and what cardholders told of themselves are starred out.
 */
export interface SimulatorRequest {
  /** ISO 8601 in UTC. */
  readonly at: string;
  readonly method: string;
  readonly path: string;
  /** The last part of the path, whether or not there is such an operation. */
  readonly operation: string;
  readonly headers: Readonly<Record<string, string>>;
  /** The parsed body; undefined when it is not JSON. */
  readonly body: unknown;
  /** The result code of the answer; undefined when the connection was broken before the call was processed. */
  readonly resultCode: string | undefined;
  /** The fault that was played on it. */
  readonly fault: string | undefined;
}

const LIMITS = { requests: 10_000, bytes: 64 * 1024 * 1024 } as const;

/** The last calls, bounded in number and in bytes. */
export class RequestLog {
  private entries: { readonly request: SimulatorRequest; readonly size: number }[] = [];
  private bytes = 0;

  /** @param size bytes of the request's body */
  add(request: SimulatorRequest, size: number): void {
    this.entries.push({ request: { ...request, body: redacted(request.body) }, size });
    this.bytes += size;
    let dropped = 0;
    while (this.entries.length - dropped > LIMITS.requests || this.bytes > LIMITS.bytes) {
      this.bytes -= this.entries[dropped]?.size ?? 0;
      dropped += 1;
    }
    if (dropped > 0) this.entries = this.entries.slice(dropped);
  }

  /** Oldest first. */
  list(): SimulatorRequest[] {
    return this.entries.map(({ request }) => request);
  }
}

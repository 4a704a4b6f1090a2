import { readTime } from "./wire.js";

/**
 * When Antom answered, by its own clock: its `response-time` header in epoch milliseconds. ISO 8601 with an offset, as its documents say, or
 * milliseconds, as it takes them itself; undefined when it is neither.
 */
export const readResponseTime = (header: string): number | undefined =>
  /^[1-9][0-9]{12}$/.test(header) ? Number(header) : readTime(header);

import { spanText } from "./time-text.js";

/** A short or long time in words: "12 ms", "1.4 s", "3 min 12 s". */
export function durationText(ms: number): string {
  if (ms >= 60_000) return spanText(ms);
  if (ms >= 1000) return `${Math.floor(ms / 100) / 10} s`;
  return ms < 1 ? "under 1 ms" : `${Math.round(ms)} ms`;
}

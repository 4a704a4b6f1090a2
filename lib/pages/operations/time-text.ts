import { html, type SafeHtml } from "../html.js";

const MONTHS = ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"];

const two = (value: number): string => String(value).padStart(2, "0");

/** "21 Nov 2026", in UTC. */
export const dayText = (at: number): string => {
  const time = new Date(at);
  return `${time.getUTCDate()} ${MONTHS[time.getUTCMonth()] ?? ""} ${time.getUTCFullYear()}`;
};

/** "15:46:42", in UTC. */
export const clockText = (at: number): string => {
  const time = new Date(at);
  return `${two(time.getUTCHours())}:${two(time.getUTCMinutes())}:${two(time.getUTCSeconds())}`;
};

/** "21 Nov 2026, 15:46:42", in UTC. */
export const timeWords = (at: number): string => `${dayText(at)}, ${clockText(at)}`;

/** A time in UTC, to the second, for people and machines. */
export const timeOf = (at: number): SafeHtml =>
  html`<time datetime="${new Date(at).toISOString()}">${timeWords(at)}</time>`;

const UNITS = [
  ["d", 86_400_000],
  ["h", 3_600_000],
  ["min", 60_000],
  ["s", 1000],
] as const;

/** A length of time in its two greatest units: "3 h 12 min". */
export function spanText(ms: number): string {
  const first = UNITS.findIndex(([, length]) => ms >= length);
  const [greater, lesser] = first === -1 ? [] : UNITS.slice(first, first + 2);
  if (greater === undefined) return "less than a second";
  const count = Math.floor(ms / greater[1]);
  const rest = lesser === undefined ? 0 : Math.floor((ms % greater[1]) / lesser[1]);
  return lesser === undefined || rest === 0 ? `${count} ${greater[0]}` : `${count} ${greater[0]} ${rest} ${lesser[0]}`;
}

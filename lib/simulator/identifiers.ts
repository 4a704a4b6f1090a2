import type { Clock, Random } from "../ports.js";
import { timestamp } from "./timestamp.js";

/** What an identifier names; the digits behind the date, as Antom's own ids carry a kind behind theirs. */
const KINDS = {
  payment: "1940108001001",
  capture: "1940108002001",
  refund: "1940108003001",
  increase: "1940108004001",
  dispute: "1940108005001",
} as const;

/** Makes the ids Antom gives out: 35 digits, the date first. */
export class Identifiers {
  constructor(
    private readonly clock: Clock,
    private readonly random: Random,
  ) {}

  next(kind: keyof typeof KINDS): string {
    const date = timestamp(this.clock.now()).slice(0, 10).replaceAll("-", "");
    return `${date}${KINDS[kind]}${this.digits(14)}`;
  }

  /** Decimal digits that nobody can guess. */
  digits(count: number): string {
    const bytes = this.random(count);
    return Array.from(bytes.subarray(0, count), (byte) => String(byte % 10)).join("");
  }

  /** The secret part of a page's address, 32 characters. */
  secret(): string {
    return this.random(24).toString("base64url");
  }
}

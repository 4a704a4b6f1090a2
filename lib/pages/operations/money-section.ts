import { html, type SafeHtml } from "../html.js";
import { factsList } from "./facts-list.js";
import { moneyText } from "./money-text.js";

/** A payment's sums, in minor units. */
export interface Sums {
  readonly currency: string;
  readonly asked: string;
  readonly authorized: string;
  readonly captured: string;
  readonly refunded: string;
  /** What is held and not captured. */
  readonly held: string;
  /** What can be captured now, beside what is under way; undefined where nothing can. */
  readonly left: string | undefined;
  /** What can be refunded now, beside what is under way; undefined where nothing can. */
  readonly refundable: string | undefined;
}

/** Money at a glance: what was kept, what went back and what is still held, as parts of one bar. */
export function moneySection(sums: Sums): SafeHtml {
  const { currency, asked, authorized, captured, refunded, held, left, refundable } = sums;
  const money = (value: string): string => moneyText(value, currency);
  const kept = (BigInt(captured) - BigInt(refunded)).toString();
  const parts = [
    { name: "Kept", value: kept, look: "good" },
    { name: "Refunded", value: refunded, look: "over" },
    { name: "Still held", value: held, look: "calm" },
  ];
  const total = [asked, authorized, parts.reduce((sum, { value }) => sum + BigInt(value), 0n).toString()]
    .map(BigInt)
    .reduce((most, value) => (value > most ? value : most), 1n);
  let x = 0;
  const drawn = parts.map(({ value, look }) => {
    const width = Number((BigInt(value) * 10_000n) / total) / 10;
    const part = html`<rect x="${x}" y="0" width="${width}" height="20" class="s-${look}" />`;
    x += width;
    return part;
  });
  const words = parts
    .filter(({ value }) => value !== "0")
    .map(({ name, value }) => `${name.toLowerCase()} ${money(value)}`)
    .join(", ");
  return html`<section aria-labelledby="money">
    <h2 id="money">Money</h2>
    <svg
      class="bar"
      viewBox="0 0 1000 20"
      preserveAspectRatio="none"
      role="img"
      aria-label="Of ${money(total.toString())}: ${words === "" ? "nothing is held or captured" : words}"
    >
      ${drawn}
    </svg>
    <ul class="key" aria-hidden="true">
      ${parts.map(
        ({ name, look }) =>
          html`<li>
            <svg viewBox="0 0 12 12"><rect width="12" height="12" rx="2" class="s-${look}" /></svg>${name}
          </li>`,
      )}
    </ul>
    ${factsList([
      ["Asked for", asked !== authorized && money(asked)],
      ["Authorized", money(authorized)],
      ["Captured", money(captured)],
      ["Refunded", money(refunded)],
      ["Can still be captured", left !== undefined && money(left)],
      ["Can still be refunded", refundable !== undefined && money(refundable)],
    ])}
  </section>`;
}

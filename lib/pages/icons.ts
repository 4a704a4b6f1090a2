import { html, raw, type SafeHtml } from "./html.js";

const DRAWINGS = {
  check: '<path d="M5 12.5l4.5 4.5L19 7.5"/>',
  cross: '<path d="M7 7l10 10M17 7L7 17"/>',
  clock: '<circle cx="12" cy="12" r="9"/><path d="M12 7v5.25l3.25 2"/>',
  lock: '<rect x="5" y="11" width="14" height="9" rx="2"/><path d="M8 11V8a4 4 0 0 1 8 0v3"/>',
  notice: '<circle cx="12" cy="12" r="9"/><path d="M12 7.5v5.5M12 16.5v.01"/>',
  ring: '<circle cx="12" cy="12" r="9"/><path d="M12 3a9 9 0 0 1 9 9"/>',
} as const;

export type Drawing = keyof typeof DRAWINGS;

/** A drawing above the heading. It says nothing the words do not say, so it is hidden from assistive technology. */
export const icon = (drawing: Drawing, look: "calm" | "good" | "bad" | "turning" = "calm"): SafeHtml =>
  html`<div class="icon ${look}" aria-hidden="true"><svg viewBox="0 0 24 24">${raw(DRAWINGS[drawing])}</svg></div>`;

import { html, type HtmlValue, type SafeHtml } from "../html.js";
import { clockText, dayText, spanText } from "./time-text.js";
import { LANES, type Lane, type Moment, type Timeline } from "./timeline.js";
import { statusLook, statusWord, type Look } from "./words.js";

/** The measures of the picture, in pixels: one for wide screens, one for phones. */
export interface Measures {
  readonly width: number;
  /** Left of the first lane, for the clock. */
  readonly left: number;
  /** From lane to lane. */
  readonly lane: number;
  /** How many letters fit beside the lanes. */
  readonly letters: number;
}

export const WIDE: Measures = { width: 1080, left: 110, lane: 105, letters: 80 };
export const NARROW: Measures = { width: 320, left: 16, lane: 38, letters: 21 };

const NAMES: Readonly<Record<Lane, string>> = { shop: "Shop", kit: "Kit", antom: "Antom", hooks: "Hooks" };
const HEAD = 34;
const LINE = 17;

/** From this long on a silence is said. */
const SILENCE = 60_000;

/** The picture of a payment's timeline: time runs downwards, a line for each who takes part, an arrow for each message. Long silences are cut short. */
export function timelineDrawing({ past, now, future }: Timeline, measures: Measures, name: string): SafeHtml {
  const pen = new Pen(measures);
  let before: Moment | undefined;
  let look: Look = "calm";
  for (const moment of past) {
    if (before !== undefined) pen.gap(moment.at - before.at, look);
    if (before === undefined || dayText(before.at) !== dayText(moment.at)) pen.day(dayText(moment.at), look);
    if (moment.status !== undefined) look = statusLook(moment.status);
    pen.moment(moment, look, false);
    before = moment;
  }
  if (before !== undefined) pen.gap(now - before.at, look);
  pen.day("Now", look);
  for (const moment of future) {
    pen.gap(moment.at - now, look, "in ");
    pen.moment(moment, look, true);
  }
  return pen.drawing(name);
}

class Pen {
  readonly #measures: Measures;
  readonly #marks: HtmlValue[] = [];
  #y = HEAD;

  constructor(measures: Measures) {
    this.#measures = measures;
  }

  /** A silence: the longer, the taller, but never by much. */
  gap(ms: number, look: Look, lead = ""): void {
    if (ms < SILENCE) return;
    const height = Math.min(52, 18 + Math.round(6 * Math.log10(ms / SILENCE + 1)));
    this.#band(height, look, true);
    const x = this.#x("kit") + 10;
    this.#marks.push(
      html`<text x="${x}" y="${this.#y + height / 2 + 4}" font-size="12" class="t-quiet">${lead}${spanText(ms)}</text>`,
    );
    this.#y += height;
  }

  day(words: string, look: Look): void {
    this.#band(26, look, false);
    const { width } = this.#measures;
    const y = this.#y + 13;
    this.#marks.push(
      html`<path d="M0 ${y}H${width}" class="l-edge" stroke-width="1" />
        <rect x="${this.#textX - 6}" y="${y - 9}" width="${words.length * 7 + 12}" height="18" class="card-fill" />
        <text x="${this.#textX}" y="${y + 4}" font-size="12" font-weight="650">${words}</text>`,
    );
    this.#y += 26;
  }

  moment(moment: Moment, look: Look, isFuture: boolean): void {
    const { left, letters } = this.#measures;
    const isNarrow = left < 60;
    const clock = isFuture ? `${dayText(moment.at)} ${clockText(moment.at).slice(0, 5)}` : clockText(moment.at);
    const lines: { text: string; look: string; weight: number }[] = [
      ...(isNarrow || isFuture ? [{ text: clock, look: "t-quiet", weight: 400 }] : []),
      ...wrapped(moment.title, letters, 3).map((text) => ({
        text,
        look: moment.look === "bad" ? "t-bad" : "",
        weight: 600,
      })),
      ...(moment.status === undefined
        ? []
        : [{ text: `\u2192 ${statusWord(moment.status)}`, look: `t-${statusLook(moment.status)}`, weight: 600 }]),
      ...wrapped(moment.detail ?? "", letters, 3).map((text) => ({ text, look: "t-quiet", weight: 400 })),
    ];
    const height = lines.length * LINE + 9;
    this.#band(height, look, isFuture);
    const y = this.#y + 13;
    if (!isNarrow && !isFuture) {
      this.#marks.push(html`<text x="0" y="${y + 4}" font-size="13" class="t-quiet">${clock}</text>`);
    }
    this.#marks.push(this.#message(moment, y));
    lines.forEach(({ text, look: colour, weight }, index) => {
      this.#marks.push(
        html`<text
          x="${this.#textX}"
          y="${y + 4 + index * LINE}"
          font-size="13"
          font-weight="${weight}"
          class="${colour}"
          >${text}</text
        >`,
      );
    });
    this.#y += height;
  }

  drawing(name: string): SafeHtml {
    const { width } = this.#measures;
    const bottom = this.#y + 6;
    return html`<svg
      viewBox="0 0 ${width} ${bottom}"
      width="${width}"
      height="${bottom}"
      role="img"
      aria-label="${name}"
    >
      ${LANES.map(
        (lane) =>
          html`<path d="M${this.#x(lane)} ${HEAD - 8}V${bottom}" class="l-edge" stroke-width="1.5" />
            <text
              x="${this.#x(lane)}"
              y="16"
              font-size="${this.#measures.left < 60 ? 10 : 13}"
              font-weight="650"
              text-anchor="middle"
              >${NAMES[lane]}</text
            >`,
      )}
      ${this.#marks}
    </svg>`;
  }

  get #textX(): number {
    return this.#x("hooks") + (this.#measures.left < 60 ? 14 : 28);
  }

  #x(lane: Lane): number {
    return this.#measures.left + LANES.indexOf(lane) * this.#measures.lane;
  }

  /** The kit's line bears the colour of how the payment stands. */
  #band(height: number, look: Look, isBroken: boolean): void {
    this.#marks.push(
      html`<path
        d="M${this.#x("kit")} ${this.#y}v${height}"
        class="l-${look}"
        stroke-width="5"
        stroke-dasharray="${isBroken ? "2 4" : "none"}"
      />`,
    );
  }

  #message({ from, to, way, look }: Moment, y: number): SafeHtml {
    const start = this.#x(from);
    if (to === undefined) return html`<circle cx="${start}" cy="${y}" r="6" class="s-${look}" />`;
    const end = this.#x(to);
    const step = end > start ? 1 : -1;
    const tip = end - step * 3;
    const dash = way === undefined || way === "both" ? "none" : "4 3";
    const head = (x: number, towards: number): string =>
      `M${x - towards * 7} ${y - 5}L${x} ${y}L${x - towards * 7} ${y + 5}`;
    return html`<circle cx="${start}" cy="${y}" r="5" class="s-${look}" />
      <path d="M${start} ${y}H${tip}" class="l-${look}" stroke-width="2" stroke-dasharray="${dash}" />
      ${
        way === "lost"
          ? html`<path d="M${tip - 6} ${y - 5}l10 10m0 -10l-10 10" class="l-${look}" stroke-width="2" />`
          : html`<path d="${head(tip, step)}" class="l-${look}" stroke-width="2" fill="none" />`
      }
      ${way === "both" && html`<path d="${head(start + step * 6, -step)}" class="l-${look}" stroke-width="2" fill="none" />`}`;
  }
}

/** A text in lines of at most so many letters; what is too long for so many lines ends in dots. */
function wrapped(text: string, letters: number, most: number): string[] {
  const lines: string[] = [];
  let line = "";
  for (const word of text.split(/\s+/).flatMap((part) => part.match(new RegExp(`.{1,${letters}}`, "gu")) ?? [])) {
    if (line !== "" && line.length + 1 + word.length > letters) {
      lines.push(line);
      line = "";
    }
    line = line === "" ? word : `${line} ${word}`;
  }
  if (line !== "") lines.push(line);
  const kept = lines.slice(0, most);
  return lines.length > most ? [...kept.slice(0, -1), `${(kept.at(-1) ?? "").slice(0, letters - 3)}...`] : kept;
}

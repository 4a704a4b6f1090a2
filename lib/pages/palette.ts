/** The colours of one scheme. Texts keep a contrast of 4.5 with what they stand on, edges and icons one of 3 (WCAG 2.2 AA). */
export interface Palette {
  /** Behind the card. */
  readonly ground: string;
  readonly card: string;
  readonly edge: string;
  readonly text: string;
  readonly quiet: string;
  /** Links, the focus ring, the pay button. */
  readonly accent: string;
  readonly accentHover: string;
  readonly onAccent: string;
  readonly good: string;
  readonly goodTint: string;
  readonly bad: string;
  readonly badTint: string;
  readonly calmTint: string;
  /** The outline of the second button. */
  readonly outline: string;
}

export const LIGHT: Palette = {
  ground: "#f4f5f7",
  card: "#ffffff",
  edge: "#e3e6ea",
  text: "#16191f",
  quiet: "#555d69",
  accent: "#1a56c4",
  accentHover: "#15469f",
  onAccent: "#ffffff",
  good: "#0f7a45",
  goodTint: "#e4f4ea",
  bad: "#a93226",
  badTint: "#fbeae7",
  calmTint: "#e9effa",
  outline: "#808896",
};

export const DARK: Palette = {
  ground: "#0f1115",
  card: "#191c22",
  edge: "#2b3039",
  text: "#eef0f3",
  quiet: "#a8b0bc",
  accent: "#8ab4ff",
  accentHover: "#a9c7ff",
  onAccent: "#0c1a33",
  good: "#5fd394",
  goodTint: "#16301f",
  bad: "#ff9a8d",
  badTint: "#3a1d19",
  calmTint: "#1c2840",
  outline: "#737c8a",
};

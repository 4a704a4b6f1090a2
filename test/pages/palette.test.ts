import { expect } from "chai";
import { DARK, LIGHT, type Palette } from "../../lib/pages/palette.js";

/** Relative luminance of #rrggbb (WCAG 2.2). */
const luminance = (colour: string): number => {
  const [red = 0, green = 0, blue = 0] = [1, 3, 5].map((start) => {
    const channel = Number.parseInt(colour.slice(start, start + 2), 16) / 255;
    return channel <= 0.04045 ? channel / 12.92 : ((channel + 0.055) / 1.055) ** 2.4;
  });
  return 0.2126 * red + 0.7152 * green + 0.0722 * blue;
};

const contrast = (one: string, other: string): number => {
  const [dark = 0, light = 0] = [luminance(one), luminance(other)].sort((a, b) => a - b);
  return (light + 0.05) / (dark + 0.05);
};

const TEXT_ON: readonly (readonly [keyof Palette, keyof Palette])[] = [
  ["text", "card"],
  ["text", "calmTint"],
  ["quiet", "card"],
  ["onAccent", "accent"],
  ["onAccent", "accentHover"],
  ["accent", "card"],
  ["accent", "calmTint"],
];

const SHAPE_ON: readonly (readonly [keyof Palette, keyof Palette])[] = [
  ["accent", "calmTint"],
  ["good", "goodTint"],
  ["bad", "badTint"],
  ["outline", "card"],
  ["accent", "card"],
];

describe("the palette", () => {
  it("is measured as WCAG does", () => {
    expect(contrast("#000000", "#ffffff")).to.be.closeTo(21, 0.001);
    expect(contrast("#777777", "#ffffff")).to.be.closeTo(4.478, 0.001);
  });

  for (const [name, palette] of Object.entries({ light: LIGHT, dark: DARK })) {
    for (const [text, ground] of TEXT_ON) {
      it(`keeps ${text} readable on ${ground} in the ${name} scheme`, () => {
        expect(contrast(palette[text], palette[ground])).to.be.at.least(4.5);
      });
    }
    for (const [shape, ground] of SHAPE_ON) {
      it(`keeps ${shape} visible on ${ground} in the ${name} scheme`, () => {
        expect(contrast(palette[shape], palette[ground])).to.be.at.least(3);
      });
    }
  }
});

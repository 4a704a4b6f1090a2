import { html } from "./html.js";

/** The simulator's own sign: a card with a test tube's colour, nobody's trade mark. */
export const ICON = `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 32 32"><rect x="2" y="6" width="28" height="20" rx="4" fill="#1b4fd0"/><path d="M2 12h28v4H2z" fill="#fff3c9"/></svg>\n`;

/** A brand's name on a card; consult gives its address as the brand's logo. */
export const brandPicture = (name: string): string =>
  html`<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 96 60" role="img" aria-label="${name}">
    <rect width="96" height="60" rx="8" fill="#fff" stroke="#c9ced9" />
    <text x="48" y="35" font-family="sans-serif" font-size="11" font-weight="700" text-anchor="middle" fill="#1b1f2a">
      ${name}
    </text>
  </svg> `.text;

import type { Sku } from "../shop/menu.js";
import { Html } from "./html.js";

/** A drawing that says nothing a reader would miss. Its colours are classes of the stylesheet, so that it suits light and dark. */
const drawing = (viewBox: string, shapes: string): Html =>
  new Html(`<svg viewBox="${viewBox}" aria-hidden="true" focusable="false">${shapes}</svg>`);

export const PICTURES: Readonly<Record<Sku, Html>> = {
  cappuccino: drawing(
    "0 0 128 128",
    `<ellipse class="shade" cx="62" cy="106" rx="46" ry="8"/>
     <path class="ware" d="M90 66h8a13 13 0 0 1 0 26H84v-8h13a5 5 0 0 0 0-10h-7z"/>
     <path class="china" d="M28 58h64v20a26 26 0 0 1-26 26H54a26 26 0 0 1-26-26z"/>
     <ellipse class="ware" cx="60" cy="58" rx="32" ry="11"/>
     <ellipse class="crema" cx="60" cy="58" rx="27" ry="8"/>
     <path class="milk" d="M60 64c-9-4-14-7-10-10 3-2 8-1 10 2 2-3 7-4 10-2 4 3-1 6-10 10z"/>
     <path class="steam" d="M48 22c-5 6 5 10 0 17M60 17c-5 6 5 11 0 18M72 22c-5 6 5 10 0 17"/>`,
  ),
  espresso: drawing(
    "0 0 128 128",
    `<ellipse class="ware" cx="64" cy="102" rx="44" ry="9"/>
     <ellipse class="china" cx="64" cy="99" rx="44" ry="8"/>
     <ellipse class="shade" cx="64" cy="99" rx="24" ry="4"/>
     <path class="ware" d="M84 68h6a10 10 0 0 1 0 20H80v-6h9a4 4 0 0 0 0-8h-5z"/>
     <path class="china" d="M40 62h46v18a18 18 0 0 1-18 18H58a18 18 0 0 1-18-18z"/>
     <ellipse class="ware" cx="63" cy="62" rx="23" ry="7"/>
     <ellipse class="bean" cx="63" cy="62" rx="19" ry="5"/>
     <path class="crema" d="M48 61c6-4 24-4 30 0-8 3-22 3-30 0z"/>
     <path class="steam" d="M57 34c-4 5 4 8 0 14M69 34c-4 5 4 8 0 14"/>`,
  ),
  filter: drawing(
    "0 0 128 128",
    `<ellipse class="shade" cx="64" cy="112" rx="36" ry="6"/>
     <path class="glass" d="M44 68h40l10 34a8 8 0 0 1-8 10H42a8 8 0 0 1-8-10z"/>
     <path class="bean" d="M39 88h50l4 14a8 8 0 0 1-8 8H43a8 8 0 0 1-8-8z"/>
     <path class="china" d="M26 24h76L76 62H52z"/>
     <path class="crema" d="M34 30h60l-5 8H39z"/>
     <path class="ware" d="M40 62h48v7H40z"/>
     <path class="rib" d="M44 40l10 18M84 40L74 58M64 40v18"/>
     <path class="drop" d="M64 74c3 5 4 6 4 8a4 4 0 0 1-8 0c0-2 1-3 4-8z"/>`,
  ),
  bun: drawing(
    "0 0 128 128",
    `<ellipse class="ware" cx="64" cy="100" rx="50" ry="10"/>
     <ellipse class="china" cx="64" cy="96" rx="50" ry="9"/>
     <path class="crust" d="M22 78c0-26 18-44 42-44s42 18 42 44c0 14-10 20-42 20s-42-6-42-20z"/>
     <path class="swirl" d="M32 78c0-18 13-34 32-34s31 13 31 28-10 20-26 20-22-8-22-17 7-15 16-15 13 6 13 11-4 8-8 8"/>
     <path class="milk" d="M40 52l7 4M58 42l3 7M80 46l-5 5M92 60l-7 2M50 66l5 3M76 62l-3 4"/>`,
  ),
  beans: drawing(
    "0 0 128 128",
    `<ellipse class="shade" cx="64" cy="112" rx="34" ry="6"/>
     <path class="kraft" d="M36 34h56l5 70a8 8 0 0 1-8 8H39a8 8 0 0 1-8-8z"/>
     <path class="fold" d="M36 22h56v14H36z"/>
     <path class="rib" d="M36 29h56"/>
     <rect class="label" x="44" y="54" width="40" height="40" rx="6"/>
     <ellipse class="bean" cx="64" cy="74" rx="11" ry="15" transform="rotate(28 64 74)"/>
     <path class="crack" d="M70 62c-8 6-2 14-12 24"/>`,
  ),
  mug: drawing(
    "0 0 128 128",
    `<ellipse class="shade" cx="58" cy="108" rx="36" ry="6"/>
     <path class="ware" d="M84 50h10a16 16 0 0 1 0 40H84v-9h9a7 7 0 0 0 0-22h-9z"/>
     <path class="clay" d="M28 34h60v64a10 10 0 0 1-10 10H38a10 10 0 0 1-10-10z"/>
     <path class="china" d="M28 34h60v34c-10 5-18-4-30 0s-20 5-30 0z"/>
     <ellipse class="ware" cx="58" cy="34" rx="30" ry="8"/>
     <ellipse class="shade" cx="58" cy="34" rx="25" ry="5"/>`,
  ),
};

/** A kettle that pours. */
export const HERO = drawing(
  "0 0 320 200",
  `<circle class="sun" cx="186" cy="92" r="84"/>
   <ellipse class="shade" cx="176" cy="182" rx="128" ry="10"/>
   <path class="kettle" d="M186 84h86l16 84a10 10 0 0 1-10 12h-98a10 10 0 0 1-10-12z"/>
   <path class="kettle" d="M196 82c0-14 14-22 33-22s33 8 33 22z"/>
   <circle class="knob" cx="229" cy="56" r="7"/>
   <path class="spout" d="M180 156c-32 0-34-44-56-62"/>
   <path class="grip" d="M276 92c34-6 34 66 4 64"/>
   <path class="shine" d="M204 98l-8 60"/>
   <path class="stream" d="M121 92c-12 4-15 18-15 44"/>
   <path class="ware" d="M136 146h8a11 11 0 0 1 0 22h-12v-7h11a4 4 0 0 0 0-8h-7z"/>
   <path class="china" d="M76 138h62v18a24 24 0 0 1-24 24h-14a24 24 0 0 1-24-24z"/>
   <ellipse class="ware" cx="107" cy="138" rx="31" ry="9"/>
   <ellipse class="bean" cx="107" cy="138" rx="26" ry="6"/>
   <path class="steam" d="M84 124c-5-7 5-11 0-18M66 128c-5-7 5-11 0-18"/>`,
);

export const EMPTY_CUP = drawing(
  "0 0 128 128",
  `<ellipse class="shade" cx="62" cy="106" rx="46" ry="8"/>
   <path class="ware" d="M90 66h8a13 13 0 0 1 0 26H84v-8h13a5 5 0 0 0 0-10h-7z"/>
   <path class="china" d="M28 58h64v20a26 26 0 0 1-26 26H54a26 26 0 0 1-26-26z"/>
   <ellipse class="ware" cx="60" cy="58" rx="32" ry="11"/>
   <ellipse class="shade" cx="60" cy="58" rx="27" ry="8"/>`,
);

export const LEAF = drawing(
  "0 0 32 32",
  `<ellipse class="bean" cx="16" cy="16" rx="8" ry="11" transform="rotate(28 16 16)"/>
   <path class="crack" d="M20 8c-6 4-2 10-8 16"/>`,
);

/** How an order stands, at a glance. */
export const MOODS = {
  calm: drawing(
    "0 0 32 32",
    '<path d="M8 12h13v6a5 5 0 0 1-5 5h-3a5 5 0 0 1-5-5zM21 14h2a2.500 2.500 0 0 1 0 5h-2M12 5v3M17 5v3"/>',
  ),
  waiting: drawing("0 0 32 32", '<circle cx="16" cy="16" r="10"/><path d="M16 10v6l4 3"/>'),
  good: drawing("0 0 32 32", '<path d="M7 17l6 6 12-14"/>'),
  bad: drawing("0 0 32 32", '<path d="M10 10l12 12M22 10L10 22"/>'),
} as const;

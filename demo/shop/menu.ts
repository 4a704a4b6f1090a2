import type { Currency } from "./currency.js";

/** Something the shop sells. */
export interface Product {
  readonly sku: string;
  readonly name: string;
  readonly about: string;
  /** What one costs, in minor units. */
  readonly price: Readonly<Record<Currency, string>>;
}

export const MENU = [
  {
    sku: "cappuccino",
    name: "Cappuccino",
    about: "A double shot under silky milk",
    price: { EUR: "380", USD: "450", KRW: "5500" },
  },
  {
    sku: "espresso",
    name: "Espresso",
    about: "Short, dark, a little sweet",
    price: { EUR: "260", USD: "300", KRW: "3800" },
  },
  {
    sku: "filter",
    name: "Filter coffee",
    about: "Poured by hand, cup by cup",
    price: { EUR: "420", USD: "480", KRW: "6000" },
  },
  {
    sku: "bun",
    name: "Cinnamon bun",
    about: "Baked this morning, still soft",
    price: { EUR: "350", USD: "400", KRW: "5000" },
  },
  {
    sku: "beans",
    name: "House beans 250 g",
    about: "Roasted on Tuesdays and Fridays",
    price: { EUR: "1450", USD: "1600", KRW: "21000" },
  },
  {
    sku: "mug",
    name: "Stoneware mug",
    about: "Thrown two streets from here",
    price: { EUR: "1800", USD: "2000", KRW: "26000" },
  },
] as const satisfies readonly Product[];

export type Sku = (typeof MENU)[number]["sku"];

export const productOf = (sku: unknown): (typeof MENU)[number] | undefined =>
  MENU.find((product) => product.sku === sku);

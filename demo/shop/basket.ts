import { CURRENCY_CODES, isCurrency, type Currency } from "./currency.js";
import { MENU, productOf, type Product } from "./menu.js";
import { ShopProblem, type FieldProblem } from "./problem.js";

/** What somebody wants, checked. */
export interface Basket {
  readonly currency: Currency;
  readonly items: readonly { readonly product: Product; readonly quantity: number }[];
}

const MOST_OF_ONE = 99;
const QUANTITY = `must be a whole number from 1 to ${MOST_OF_ONE}`;

/**
 * Reads `{ items: [{ sku, quantity }], currency? }`. A price that is sent along is not read: the menu says what things cost.
 *
 * @throws ShopProblem 400, naming each field that is wrong
 */
export function readBasket(body: unknown): Basket {
  const problems: FieldProblem[] = [];
  const wrong = (at: string, message: string): void => {
    problems.push({ at, message });
  };
  const { items, currency = "EUR" } = fieldsOf(body);
  if (!isCurrency(currency)) wrong("/currency", `must be one of ${CURRENCY_CODES.join(", ")}`);

  const wanted = new Map<Product, number>();
  if (!Array.isArray(items) || items.length === 0) {
    wrong("/items", 'must name at least one thing, such as { "sku": "cappuccino", "quantity": 1 }');
  } else if (items.length > MENU.length) {
    wrong("/items", `must name at most ${MENU.length} things, each once`);
  } else {
    items.forEach((item: unknown, index) => {
      const { sku, quantity } = fieldsOf(item);
      const product = productOf(sku);
      if (product === undefined) {
        wrong(`/items/${index}/sku`, `must be one of ${MENU.map((entry) => entry.sku).join(", ")}`);
      } else if (wanted.has(product)) wrong(`/items/${index}/sku`, "must be named once only");
      if (!isQuantity(quantity)) wrong(`/items/${index}/quantity`, QUANTITY);
      else if (product !== undefined) wanted.set(product, quantity);
    });
  }
  if (problems.length > 0 || !isCurrency(currency)) {
    throw new ShopProblem(400, "This order cannot be taken", problems);
  }
  return { currency, items: [...wanted].map(([product, quantity]) => ({ product, quantity })) };
}

const isQuantity = (value: unknown): value is number =>
  typeof value === "number" && Number.isInteger(value) && value >= 1 && value <= MOST_OF_ONE;

/** The shop page's form, as the JSON it stands for: a field for each product, empty or 0 for none of it. */
export function formToJson(form: unknown): object {
  const fields = fieldsOf(form);
  const items = MENU.flatMap(({ sku }) => {
    const entered = fields[sku];
    if (entered === undefined || entered === "" || entered === "0") return [];
    const isDigits = typeof entered === "string" && /^[0-9]{1,4}$/.test(entered);
    return [{ sku, quantity: isDigits ? Number(entered) : entered }];
  });
  return { items, currency: fields["currency"] };
}

const fieldsOf = (value: unknown): Readonly<Record<string, unknown>> =>
  typeof value === "object" && value !== null ? Object.fromEntries(Object.entries(value)) : {};

import { readFileSync } from "node:fs";
import { join } from "node:path";
import { expect } from "chai";
import { checkedOrder } from "../../lib/ledger/order.js";
import { OPERATIONS } from "../contracts/operations.js";
import { membersOf } from "../contracts/shape.js";
import { refused } from "../ledger/refused.js";
import { ROOT } from "./pages.js";

/** The points of docs/options.md that say what an order may have, and where each stands in Antom's request and in the order. */
const POINTS: Readonly<Record<string, { readonly sent: string; readonly order: (inner: object) => object }>> = {
  "`buyer`": { sent: "/order/buyer", order: (buyer) => ({ buyer }) },
  "`goods[]`": { sent: "/order/goods", order: (item) => ({ goods: [item] }) },
  "`shipping`": { sent: "/order/shipping", order: (shipping) => ({ shipping }) },
  "A name": { sent: "/order/buyer/buyerName", order: (buyerName) => ({ buyer: { buyerName } }) },
  "An address": {
    sent: "/order/shipping/shippingAddress",
    order: (shippingAddress) => ({ shipping: { shippingAddress } }),
  },
  "`creditPayPlan`": { sent: "/creditPayPlan", order: (creditPayPlan) => ({ creditPayPlan }) },
};

const PAGE = readFileSync(join(ROOT, "docs/options.md"), "utf8");
const ORDER = { orderId: "1", description: "Tea", amount: { currency: "EUR", value: "1999" } };

/** The members that a point names, without what it says of their values. */
function named(point: string): string[] {
  const told = PAGE.split("\n- ").find((text) => text.startsWith(`${point}: `)) ?? "";
  const [members = ""] = told.slice(point.length).split("\n\n");
  return [...members.replace(/\([^()]*\)/g, "").matchAll(/`([A-Za-z0-9]+)`/g)].map(([, name]) => name ?? "").sort();
}

describe("docs/options.md, on what an order may have", () => {
  const paths = [...membersOf(OPERATIONS.pay)].map(({ path }) => path);

  for (const [point, { sent, order }] of Object.entries(POINTS)) {
    it(`names what Antom takes in "${point}", all of it and nothing else`, () => {
      const inside = paths.filter((path) => path.slice(0, path.lastIndexOf("/")) === sent);
      expect(named(point)).to.deep.equal(inside.map((path) => path.slice(sent.length + 1)).sort());
    });

    it(`names in "${point}" what the kit takes`, () => {
      const given = Object.fromEntries([...named(point), "madeUp"].map((name) => [name, { none: "such" }]));
      const { problems } = refused(() => checkedOrder({ ...ORDER, ...order(given) }));
      const unknown = problems.filter(({ message }) => message.startsWith("is not a known field"));
      expect(
        unknown.map(({ at }) => at.slice(at.lastIndexOf("/") + 1)).filter((name) => name !== "none"),
      ).to.deep.equal(["madeUp"]);
    });
  }
});

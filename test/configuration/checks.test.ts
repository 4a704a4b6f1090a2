import { runInNewContext } from "node:vm";
import { expect } from "chai";
import { TIME_LIMITS } from "../../lib/configuration/checks.js";
import { TRANSACTION_GRACE } from "../../lib/ledger/hook-transaction.js";
import { LEASE } from "../../lib/ledger/worker.js";
import { EVENT_TYPES } from "../../lib/payment/events.js";
import { RECOVERY } from "../../lib/payment/follow-up.js";
import { problemsWith, VALID } from "./options.js";

describe("the check of hooks", () => {
  it("knows every event", () => {
    expect(
      problemsWith({ hooks: Object.fromEntries(EVENT_TYPES.map((type) => [type, () => undefined])) }),
    ).to.deep.equal([]);
    expect(problemsWith({ hooks: {} })).to.deep.equal([]);
  });

  for (const [misspelt, meant] of [
    ["payment.authorised", "payment.authorized"],
    ["payment.capture", "payment.captured"],
    ["payment_captured", "payment.captured"],
    ["Payment.Failed", "payment.failed"],
    ["dispute.open", "dispute.opened"],
  ] as const) {
    it(`takes ${misspelt} for ${meant}, and asks`, () => {
      expect(problemsWith({ hooks: { [misspelt]: () => undefined } })).to.deep.equal([
        { at: `hooks.${misspelt}`, message: `is not an event; did you mean "${meant}"?` },
      ]);
    });
  }

  it("says where the events are listed when nothing is near", () => {
    expect(problemsWith({ hooks: { "invoice.sent": () => undefined, toString: () => "" } })).to.deep.equal([
      {
        at: "hooks.invoice.sent",
        message: "is not an event; see https://github.com/express-antom/express-antom/blob/main/docs/hooks.md",
      },
      {
        at: "hooks.toString",
        message: "is not an event; see https://github.com/express-antom/express-antom/blob/main/docs/hooks.md",
      },
    ]);
  });

  it("wants functions, and names each that is none", () => {
    const hooks = { "payment.captured": "ship", "payment.failed": undefined, "payment.voided": () => undefined };
    expect(problemsWith({ hooks })).to.deep.equal([
      { at: "hooks.payment.captured", message: "must be a function" },
      { at: "hooks.payment.failed", message: "must be a function" },
    ]);
  });
});

describe("the check of hooks that are no plain object", () => {
  const message =
    'must be a plain object of functions by event; of an instance or a Map say { "payment.captured": (event) => it.captured(event) }';
  class Shipping {
    readonly orders: string[] = [];
    "payment.captured"(): void {
      this.orders.push("shipped");
    }
  }
  for (const [what, hooks] of [
    ["an instance of a class", new Shipping()],
    ["a Map", new Map([["payment.captured", () => undefined]])],
    ["an array", [() => undefined]],
    ["an object that inherits its functions", Object.create({ "payment.captured": () => undefined })],
    ["a function", () => undefined],
    ["a text", "payment.captured"],
    ["null", null],
  ] as const) {
    it(`refuses ${what}, of which nothing would be called`, () => {
      expect(problemsWith({ hooks })).to.deep.equal([{ at: "hooks", message }]);
    });
  }

  it("takes an object without a prototype, as a module's namespace is, and one of another realm", () => {
    const bare: unknown = Object.assign(Object.create(null) as object, { "payment.captured": () => undefined });
    expect(problemsWith({ hooks: bare })).to.deep.equal([]);
    expect(problemsWith({ hooks: runInNewContext('({ "payment.captured": () => undefined })') })).to.deep.equal([]);
  });
});

describe("the check of the storage", () => {
  const without = (lacking: object): unknown => Object.assign(Object.create(VALID.storage), lacking);
  const [put, list, get] = [1, 2, 3].map(() => () => Promise.resolve());

  for (const [what, cards, lacks] of [
    ["cards", undefined, "cards.put, cards.list, cards.get, cards.remove"],
    ["anything but a text for cards", "cards", "cards.put, cards.list, cards.get, cards.remove"],
    ["a way to remove a card", { put, list, get }, "cards.remove"],
  ] as const) {
    it(`says so when it lacks ${what}`, () => {
      expect(problemsWith({ storage: without({ cards }) })).to.deep.equal([
        {
          at: "storage",
          message: `lacks ${lacks}; see https://github.com/express-antom/express-antom/blob/main/docs/storage.md`,
        },
      ]);
    });
  }

  it("names steps of payments and of cards together", () => {
    expect(problemsWith({ storage: without({ claim: undefined, cards: { put, list, get } }) })).to.deep.equal([
      {
        at: "storage",
        message:
          "lacks claim, cards.remove; see https://github.com/express-antom/express-antom/blob/main/docs/storage.md",
      },
    ]);
  });
});

describe("the limits of the times", () => {
  it("let a hook and its transaction end within the lease, and a call before the worker takes it over", () => {
    expect(LEASE).to.be.greaterThan(TIME_LIMITS.hookTimeout.most + TRANSACTION_GRACE);
    expect(RECOVERY).to.be.greaterThan(TIME_LIMITS.gatewayTimeout.most);
  });
});

import { expect } from "chai";
import type { Antom, AntomError, PaymentQuery } from "../lib/index.js";
import { startScriptedAntom, type ScriptedAntom } from "./support/scripted-antom.js";
import { anOrder, startShop, type TestShop } from "./support/shop.js";

describe("antom.payments", () => {
  let gateway: ScriptedAntom;
  let shop: TestShop;
  let antom: Antom;
  before(async () => {
    gateway = await startScriptedAntom();
    shop = await startShop({ gateway: gateway.url, worker: false });
    ({ antom } = shop);
    for (const id of ["order-1", "order-2"]) {
      shop.orders.set(id, anOrder(id));
      await shop.checkout(id);
    }
  });
  after(async () => {
    await shop.stop();
    await gateway.stop();
  });

  const refusal = async (call: Promise<unknown>): Promise<AntomError> => {
    const error = await call.then(
      (answer) => {
        throw new Error(`it answered: ${JSON.stringify(answer).slice(0, 100)}`);
      },
      (thrown: unknown) => thrown as AntomError,
    );
    expect(error).to.have.property("code", "request_invalid");
    return error;
  };

  describe("list", () => {
    const ordersOf = async (query?: PaymentQuery): Promise<string[]> =>
      (await antom.payments.list(query)).items.map(({ orderId }) => orderId);

    it("gives those that meet every filter, one that is undefined being left out", async () => {
      expect(await ordersOf()).to.have.members(["order-1", "order-2"]);
      expect(await ordersOf({})).to.have.lengthOf(2);
      expect(
        await ordersOf({ orderId: "order-1", status: undefined, after: undefined, limit: undefined }),
      ).to.deep.equal(["order-1"]);
      expect(await ordersOf({ limit: 1 })).to.have.lengthOf(1);
      expect(await ordersOf({ limit: 500, currency: "EUR", conflict: false, from: 0 })).to.have.lengthOf(2);
      expect(await ordersOf(Object.assign(Object.create(null) as object, { search: "order-2" }))).to.deep.equal([
        "order-2",
      ]);
    });

    for (const [query, at, says] of [
      [{ staus: "captured" }, "staus", 'is not a known field; did you mean "status"?'],
      [{ orderID: "order-1" }, "orderID", 'is not a known field; did you mean "orderId"?'],
      [{ customer: "7" }, "customer", "is not a known field"],
      [{ status: "paid" }, "status", 'must be one of "created", "requires_action"'],
      [{ attention: "all" }, "attention", 'must be one of "conflict"'],
      [{ currency: "eur" }, "currency", "must be three upper-case letters"],
      [{ amount: "19.99" }, "amount", "must be a whole number of minor units, as text"],
      [{ amount: 1999 }, "amount", "must be a whole number of minor units, as text"],
      [{ conflict: "true" }, "conflict", "must be true or false"],
      [{ orderId: 1 }, "orderId", "must be a text"],
      [{ orderId: "" }, "orderId", "must be a text, and not an empty one"],
      [{ from: "2026-01-01" }, "from", "must be a time in whole epoch milliseconds"],
      [{ to: new Date() }, "to", "must be a time in whole epoch milliseconds"],
      [{ from: Number.NaN }, "from", "must be a time in whole epoch milliseconds"],
      [{ limit: 0 }, "limit", "must be a whole number from 1 to 500"],
      [{ limit: -1 }, "limit", "must be a whole number from 1 to 500"],
      [{ limit: 1000 }, "limit", "must be a whole number from 1 to 500"],
      [{ limit: 1.5 }, "limit", "must be a whole number from 1 to 500"],
      [{ after: 7 }, "after", "must be the next of the page before, unchanged"],
      [[], "", "must be an object of filters"],
      [new Date(), "", "must be an object of filters"],
      [null, "", "must be an object of filters"],
      ["order-1", "", "must be an object of filters"],
    ] as const) {
      it(`refuses ${JSON.stringify(query)} with what to do`, async () => {
        const error = await refusal(antom.payments.list(query as unknown as PaymentQuery));
        expect(error.problems).to.have.lengthOf(1);
        expect(error.problems[0]?.at).to.equal(at);
        expect(error.problems[0]?.message).to.contain(says);
        expect(error.message).to.contain(says);
      });
    }
  });

  it("says of an amount that it is minor units as text, and of what is no request that it is none", async () => {
    const [payment] = await antom.payments.findByOrder("order-1");
    const { id = "" } = payment ?? {};
    const refund = async (request: unknown) => (await refusal(antom.payments.refund(id, request as object))).message;
    expect(await refund({ amount: 500 })).to.contain(
      '/amount must be a whole number of minor units as text, "1999" for',
    );
    expect(await refund({ amount: { currency: "EUR", value: 500 } })).to.contain(
      '/amount/value must be a whole number of minor units as text: "1999" for EUR 19.99',
    );
    expect(await refund("500")).to.equal('what the refund says must be an object, such as { amount: "500" }');
  });

  describe("given the payment in place of its id", () => {
    const about = { id: "PAY00000000000000000000000000" } as unknown as string;
    const calls: Readonly<Record<string, (id: string) => Promise<unknown>>> = {
      get: (id) => antom.payments.get(id),
      journal: (id) => antom.payments.journal(id),
      inquire: (id) => antom.payments.inquire(id),
      capture: (id) => antom.payments.capture(id),
      void: (id) => antom.payments.void(id),
      refund: (id) => antom.payments.refund(id),
      increase: (id) => antom.payments.increase(id, { amount: "1" }),
    };
    for (const [name, call] of Object.entries(calls)) {
      it(`${name} says to give the id`, async () => {
        expect((await refusal(call(about))).message).to.contain("give the payment's id, such as payment.id");
        await refusal(call(undefined as unknown as string));
      });
    }

    it("findByOrder, cards and forgetCard say whose id they want", async () => {
      expect((await refusal(antom.payments.findByOrder(about))).message).to.contain("such as payment.orderId");
      expect((await refusal(antom.payments.cards(about))).message).to.contain("the shop's own id of the buyer");
      expect((await refusal(antom.payments.forgetCard(about, "1"))).message).to.contain(
        "the shop's own id of the buyer",
      );
      expect((await refusal(antom.payments.forgetCard("7", about))).message).to.contain("the stored card's id");
    });
  });
});

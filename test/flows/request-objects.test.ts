import { expect } from "chai";
import type { Amount, ChargeRequest, CommandRequest, PaymentView } from "../../lib/index.js";
import { GOOD_CARD, startSimulatedShop, type SimulatedShop } from "../support/simulated-shop.js";
import { refusalOf } from "./operations-shop.js";

/** A sum as a shop may have it: of a class whose members are no own ones. */
class Sum {
  readonly #minor: number;
  constructor(minor: number) {
    this.#minor = minor;
  }
  get currency(): string {
    return ["E", "U", "R"].join("");
  }
  get value(): string {
    return this.#minor.toString();
  }
  plus(minor: number): Sum {
    return new Sum(this.#minor + minor);
  }
}

describe("what a command or a charge is asked for with", function () {
  this.timeout(30_000);
  let simulated: SimulatedShop;
  beforeEach(async () => {
    simulated = await startSimulatedShop({ contract: { partialCapture: true, multipleCaptures: true } });
  });
  afterEach(() => simulated.stop());

  const held = async (orderId: string): Promise<string> => {
    const amount = { currency: "EUR", value: "1999" };
    const { payment } = await simulated.paid(
      { method: "card", card: GOOD_CARD },
      { orderId, capture: "MANUAL", amount },
    );
    return payment.id;
  };
  const capture = async (request: CommandRequest): Promise<PaymentView> =>
    simulated.shop.antom.payments.capture(await held("A"), request);
  const sums = ({ operations }: PaymentView): unknown[] => operations.map(({ key, amount }) => [key, amount?.value]);

  it("is what it was when it was called, though the shop fills the same object anew for the next", async () => {
    const request = { amount: { currency: "EUR", value: "" }, idempotencyKey: "" };
    const ids = [await held("A"), await held("B")];
    const captures = ids.map((id, nth) => {
      request.amount.value = ["500", "1900"][nth] ?? "";
      request.idempotencyKey = `parcel ${nth}`;
      return simulated.shop.antom.payments.capture(id, request);
    });
    expect((await Promise.all(captures)).map(sums)).to.deep.equal([[["parcel 0", "500"]], [["parcel 1", "1900"]]]);
  });

  it("is what it was when a charge was made: its card, its buyer and its sum", async () => {
    const request = {
      recurringType: "SCHEDULED" as const,
      description: "Coffee",
      orderId: "",
      cardId: "",
      buyerId: "",
      amount: { currency: "EUR", value: "" },
    };
    const buyers = ["buyer-1", "buyer-2"];
    const cards: string[] = [];
    for (const [nth, buyer] of buyers.entries()) {
      cards.push(await simulated.kept(["visa", "mastercard"][nth], { "x-buyer": buyer }));
    }
    const charges = buyers.map((buyerId, nth) => {
      Object.assign(request, { buyerId, cardId: cards[nth], orderId: `charge ${buyerId}` });
      request.amount.value = ["100", "900"][nth] ?? "";
      return simulated.shop.antom.payments.charge(request);
    });
    expect(
      (await Promise.all(charges)).map(({ orderId, buyer, amount }) => [orderId, buyer, amount.value]),
    ).to.deep.equal([
      ["charge buyer-1", "buyer-1", "100"],
      ["charge buyer-2", "buyer-2", "900"],
    ]);
  });

  it("may be of a class, or inherit its members", async () => {
    const amount: Amount = new Sum(300).plus(200);
    const request = Object.create({ amount, idempotencyKey: "parcel" }) as CommandRequest;
    expect(sums(await capture(request))).to.deep.equal([["parcel", "500"]]);
    const charge = Object.create({ capture: "MANUAL" }) as ChargeRequest;
    Object.assign(charge, {
      orderId: "B",
      description: "Coffee",
      amount: new Sum(60).plus(40),
      cardId: await simulated.kept(),
      recurringType: "UNSCHEDULED",
    });
    expect(await simulated.shop.antom.payments.charge(charge)).to.deep.include({
      captureMode: "MANUAL",
      amount: { currency: "EUR", value: "100" },
    });
  });

  it("is read once: a sum that says something else each time is the one that was checked", async () => {
    const said = ["500", "1999"];
    const amount = {
      currency: "EUR",
      get value(): string {
        return said.shift() ?? "1999";
      },
    };
    expect(sums(await capture({ amount }))).to.deep.equal([[undefined, "500"]]);
  });

  it("is refused with what is misspelt in it, and where it is no object with members", async () => {
    for (const request of [
      { amout: "500" },
      { amount: { currency: "EUR", value: "500", minor: "5" } },
      [],
      null,
      "500",
    ]) {
      expect(await refusalOf(capture(request as unknown as CommandRequest)), JSON.stringify(request)).to.include({
        code: "request_invalid",
      });
    }
    const proto = JSON.parse(`{"__proto__":{"amount":"500"}}`) as CommandRequest;
    expect(await refusalOf(capture(proto))).to.include({ code: "request_invalid" });
  });
});

import { expect } from "chai";
import { agreedAmount } from "../../lib/cli/agreed.js";
import { run } from "../../lib/cli/run.js";
import { viewOf, type PaymentView } from "../../lib/payment/event.js";
import { newPayment } from "../payment/a-payment.js";
import { eventually } from "../support/killable-shop.js";
import { GOOD_CARD } from "../support/simulated-shop.js";
import { fakeTerminal, type FakeTerminal } from "./fake-terminal.js";
import { startShopAtWork, type ShopAtWork } from "./shop-at-work.js";

describe("what is agreed to in the terminal", function () {
  this.timeout(60_000);
  let shop: ShopAtWork;

  before(async () => {
    shop = await startShopAtWork();
  });
  after(() => shop.stop());

  /** Somebody who says yes, after something has happened. */
  const yesAfter = (meanwhile: () => Promise<unknown>): FakeTerminal =>
    Object.assign(fakeTerminal(shop.folder, true), { answer: "y", meanwhile });

  const sums = async (id: string, kind: string): Promise<(string | undefined)[]> =>
    (await shop.shop.antom.payments.get(id)).operations
      .filter((operation) => operation.kind === kind)
      .map(({ amount }) => amount?.value);

  /** A payment that nobody has paid, and how its buyer pays on Antom's page. */
  const unpaid = async (): Promise<[string, () => Promise<void>]> => {
    const { payment, redirect } = await shop.paid({}, { capture: "MANUAL" });
    const pay = async (): Promise<void> => {
      const cashier = /http[^"]+\/cashier\/[^"&]+/.exec(await (await fetch(redirect)).text())?.[0] ?? "";
      const { cardNo, expiryMonth, expiryYear, cvv } = GOOD_CARD;
      const body = new URLSearchParams({ cardNo, expiryMonth, expiryYear, cvv, cardholderName: "Tom Jay" });
      expect((await fetch(cashier, { method: "POST", redirect: "manual", body })).status).to.equal(303);
      await eventually(
        async () => (await shop.shop.antom.payments.get(payment.id)).status === "authorized" || undefined,
      );
    };
    return [payment.id, pay];
  };

  it("is the sum that was named, though more can be given back by then", async () => {
    const { payments } = shop.shop.antom;
    const id = await shop.authorized();
    await payments.capture(id, { amount: "500" });
    const terminal = yesAfter(() => payments.capture(id, { amount: "1499" }));
    expect(await run(["payments", "refund", id], terminal), terminal.written.err).to.equal(4);
    expect(terminal.questions[0]).to.match(/^Refund all that is left, EUR 5\.00, of /);
    expect(await sums(id, "refund")).to.deep.equal(["500"]);
  });

  it("is the sum that was named, though more is held by then", async () => {
    const { payments } = shop.shop.antom;
    const id = await shop.authorized();
    await eventually(async () => (await payments.get(id)).resultInfo?.incrementalAuthorizationAvailable);
    const terminal = yesAfter(async () => {
      await payments.increase(id, { amount: "2500" });
      await eventually(async () => (await payments.get(id)).authorizedAmount === "2500" || undefined);
    });
    expect(await run(["payments", "capture", id], terminal), terminal.written.err).to.equal(0);
    expect(await sums(id, "capture")).to.deep.equal(["1999"]);
  });

  it("is one capture, where a colleague has asked for the same meanwhile", async () => {
    const { payments } = shop.shop.antom;
    const id = await shop.authorized();
    shop.simulator.addFault({ operation: "capture", fault: "reset-before" });
    const terminal = yesAfter(() => payments.capture(id));
    expect(await run(["payments", "capture", id], terminal), terminal.written.err).to.be.oneOf([0, 4]);
    expect(await sums(id, "capture")).to.deep.equal(["1999"]);
  });

  it("is nothing where less is left by then than was named", async () => {
    const { payments } = shop.shop.antom;
    const id = await shop.authorized();
    const terminal = yesAfter(() => payments.capture(id, { amount: "500" }));
    expect(await run(["payments", "capture", id], terminal)).to.equal(1);
    expect(terminal.written.err).to.include("no more than EUR 14.99 (1499 in minor units) can be captured");
    expect(await sums(id, "capture")).to.deep.equal(["500"]);
  });

  it("is nothing where nothing was left, and something is by then", async () => {
    const { payments } = shop.shop.antom;
    const id = await shop.authorized();
    const terminal = yesAfter(() => payments.capture(id, { amount: "500" }));
    expect(await run(["payments", "refund", id], terminal)).to.equal(1);
    expect(terminal.questions[0]).to.match(/^Refund all that is left, EUR 0\.00, of /);
    expect(terminal.written.err).to.include(
      `payment ${id} has changed since you were asked, and nothing was done. As it stands, EUR 5.00 is left to refund; `,
    );
    expect(await sums(id, "refund")).to.deep.equal([]);
  });

  it("is what was asked for under the same key before, whatever is left by now", async () => {
    const { payments } = shop.shop.antom;
    const id = await shop.authorized();
    await payments.capture(id, { amount: "500" });
    const refund = ["payments", "refund", id, "--key", "once"];
    expect(
      await run(
        refund,
        yesAfter(() => Promise.resolve()),
      ),
    ).to.equal(4);
    await payments.capture(id, { amount: "1499" });
    const again = yesAfter(() => Promise.resolve());
    expect(await run(refund, again), again.written.err).to.be.oneOf([0, 4]);
    expect(await sums(id, "refund")).to.deep.equal(["500"]);
  });

  it("is no void of what has been paid meanwhile, nor of a hold that has been raised", async () => {
    const { payments } = shop.shop.antom;
    const [id, pay] = await unpaid();
    const closing = yesAfter(pay);
    expect(await run(["payments", "void", id, "--json"], closing)).to.equal(1);
    expect(closing.questions[0]).to.match(/^Void payment .+ of EUR 19\.99 \(nobody has paid yet\)\? /);
    expect(JSON.parse(closing.written.out)).to.have.nested.property("error.code", "operation_refused");
    expect(closing.written.out).to.include(
      `payment ${id} has changed since you were asked, and nothing was done. As it stands, EUR 19.99 is held; `,
    );
    const lettingGo = yesAfter(async () => {
      await eventually(async () => (await payments.get(id)).resultInfo?.incrementalAuthorizationAvailable);
      await payments.increase(id, { amount: "2500" });
      await eventually(async () => (await payments.get(id)).authorizedAmount === "2500" || undefined);
    });
    expect(await run(["payments", "void", id], lettingGo)).to.equal(1);
    expect(lettingGo.questions[0]).to.match(/ \(EUR 19\.99 is held\)\? /);
    expect(lettingGo.written.err).to.include("As it stands, EUR 25.00 is held");
    expect(await sums(id, "void")).to.deep.equal([]);

    const again = yesAfter(() => Promise.resolve());
    expect(await run(["payments", "void", id], again), again.written.err).to.equal(0);
    expect(again.questions[0]).to.match(/ of EUR 19\.99 \(EUR 25\.00 is held\)\? /);
    expect((await payments.get(id)).status).to.equal("voided");
  });

  it("is done where a colleague has voided it meanwhile, and refused with what helps where one has captured it", async () => {
    const { payments } = shop.shop.antom;
    const [gone, pay] = await unpaid();
    const terminal = yesAfter(async () => {
      await pay();
      await payments.void(gone);
    });
    expect(await run(["payments", "void", gone], terminal), terminal.written.err).to.equal(0);
    const [taken, payToo] = await unpaid();
    const refused = yesAfter(async () => {
      await payToo();
      await payments.capture(taken);
    });
    expect(await run(["payments", "void", taken, "--json"], refused)).to.equal(1);
    expect(JSON.parse(refused.written.out)).to.have.nested.property("error.remedy", "refund_instead");
  });

  it("does not bind whoever was not asked", async () => {
    const [id, pay] = await unpaid();
    await pay();
    const script = fakeTerminal(shop.folder);
    expect(await run(["payments", "void", id], script), script.written.err).to.equal(0);
    expect(script.questions).to.deep.equal([]);
  });

  it("is all that is left where that is no sum which Antom takes, and only while it stays so", async () => {
    const rupiah = (capturedAmount: string): PaymentView => ({
      ...viewOf(newPayment()),
      amount: { currency: "IDR", value: "1500000" },
      status: "captured",
      capturedAmount,
    });
    const before = rupiah("500050");
    const agreed = { kind: "refund", before, amount: undefined, key: undefined } as const;
    expect(await agreedAmount({ ...agreed, look: () => Promise.resolve(rupiah("500050")) })).to.equal(undefined);
    const changed = await agreedAmount({ ...agreed, look: () => Promise.resolve(rupiah("700050")) }).catch(
      (error: unknown) => error,
    );
    expect(changed).to.have.property("message").that.includes("IDR 7000.50 is left to refund");
  });
});

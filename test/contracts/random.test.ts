import { expect } from "chai";
import fc from "fast-check";
import { isAntomError, type Order } from "../../lib/index.js";
import { brokenContracts, CARD_KEY, openMerchant, type Merchant } from "../golden/merchant.js";
import { sample } from "../gateway/sample.js";
import { inProcess, startScriptedAntom, type ScriptedAntom } from "../support/scripted-antom.js";
import { anyFields, anyOrder } from "./wishes.js";

const CARD = { cardNo: "4054695723100768", expiryMonth: "12", expiryYear: "39", cvv: "123" };

/** Refusals of what cannot be, before anything is sent. */
const REFUSALS = ["combination_refused", "method_refused", "card_invalid"];

/** Fixed, so that the same orders come every time. */
const SEED = 20260501;

describe("whatever orders and ways to pay there are", () => {
  let antom: ScriptedAntom;
  let merchant: Merchant;
  let cardId: string;
  let count = 0;

  beforeEach(async () => {
    antom = await startScriptedAntom();
    const order: Order = { orderId: "first", description: "Mug", amount: { currency: "EUR", value: "8000" } };
    merchant = await openMerchant(antom.url, order, {
      pciQualified: true,
      buyer: () => "buyer-1",
      cardKey: CARD_KEY,
      merchantAccountId: "BRANCH-7",
      worker: false,
    });
    const first = await merchant.checkout({ method: "card", card: CARD, saveCard: true });
    const { id } = first.body["payment"] as { id: string };
    const info = { ...(sample("notify-payment.3d")["paymentResultInfo"] as object), cardToken: "ALIPAYtoken==" };
    const paymentId = `ANTOM-${id}`;
    await merchant.notify({
      ...sample("notify-payment.3d"),
      paymentRequestId: id,
      paymentId,
      paymentResultInfo: { ...info, cardBrand: "VISA", paymentMethodRegion: "GLOBAL" },
    });
    cardId = (await merchant.antom.payments.get(id)).storedCardId ?? "";
    merchant.sent.length = 0;
  });
  afterEach(async () => {
    await merchant.stop();
    await antom.stop();
  });

  const outcomes = { taken: 0, refused: 0 };
  const took = (wasTaken: boolean): void => {
    outcomes[wasTaken ? "taken" : "refused"]++;
  };

  it("the kit sends what keeps to the contract, or refuses and sends nothing", async () => {
    const run = fc.asyncProperty(anyOrder, anyFields(cardId), async (order, fields) => {
      merchant.sent.length = 0;
      merchant.order = { ...order, orderId: `order-${++count}` };
      const { status, body, text } = await merchant.checkout(fields);
      took(status === 200);
      if (status !== 200) {
        expect(REFUSALS, text).to.include(body["code"]);
        expect(merchant.sent).to.deep.equal([]);
        return;
      }
      expect(merchant.sent.map(({ operation }) => operation)).to.deep.equal(["pay"]);
      expect(brokenContracts(merchant).join("\n")).to.equal("");
    });
    await fc.assert(run, { seed: SEED, numRuns: 400, endOnFailure: true });
    // Neither half of the sentence is empty.
    expect(outcomes.taken).to.be.greaterThan(100);
    expect(outcomes.refused).to.be.greaterThan(20);
  }).timeout(60_000);

  it("a charge without the buyer keeps to the contract too, or is refused", async () => {
    antom.on("pay", (call) => ({
      ...inProcess(call),
      result: { resultStatus: "S", resultCode: "SUCCESS", resultMessage: "success." },
    }));
    let taken = 0;
    const types = fc.constantFrom("SCHEDULED" as const, "UNSCHEDULED" as const);
    const run = fc.asyncProperty(anyOrder, types, async (order, recurringType) => {
      merchant.sent.length = 0;
      const { mpiData: _mpiData, tokenizeMode: _tokenizeMode, ...charge } = order;
      try {
        await merchant.antom.payments.charge({ ...charge, orderId: `order-${++count}`, cardId, recurringType });
      } catch (error) {
        if (!isAntomError(error)) throw error;
        expect(REFUSALS).to.include(error.code);
        expect(merchant.sent).to.deep.equal([]);
        return;
      }
      taken++;
      expect(brokenContracts(merchant).join("\n")).to.equal("");
    });
    await fc.assert(run, { seed: SEED, numRuns: 100, endOnFailure: true });
    expect(taken).to.be.greaterThan(10);
  }).timeout(60_000);

  it("an inquiry, a cancellation and a look for cards keep to it", async () => {
    merchant.order = { orderId: "order", description: "Mug", amount: { currency: "EUR", value: "1999" } };
    const { id } = (await merchant.checkout()).body["payment"] as { id: string };
    await merchant.antom.payments.inquire(id);
    merchant.order = { ...merchant.order, amount: { currency: "EUR", value: "2999" } };
    await merchant.checkout();
    await merchant.get("/methods?currency=EUR&value=1999");
    const operations = new Set(merchant.sent.map(({ operation }) => operation));
    expect([...operations]).to.have.members(["pay", "inquiryPayment", "cancel", "consult"]);
    expect(brokenContracts(merchant).join("\n")).to.equal("");
  });
});

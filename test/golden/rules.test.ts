import { readFileSync } from "node:fs";
import { join } from "node:path";
import { expect } from "chai";
import type { Order } from "../../lib/index.js";
import { memoryStorage } from "../../lib/storage/memory.js";
import { inProcess, RESULTS, standing, startScriptedAntom, type ScriptedAntom } from "../support/scripted-antom.js";
import { APP_HEADERS, openMerchant, type Merchant } from "./merchant.js";
import { cardOf, Prose, WON } from "./prose.js";

const page = (name: string): string => readFileSync(join(__dirname, "../../docs", name), "utf8").replace(/\s+/g, " ");

const ISSUER = { method: "issuer-authentication", cardBrand: "SAMSUNG" };

describe("what the documents say beside their samples", () => {
  describe("of answers", () => {
    let antom: ScriptedAntom;
    let merchant: Merchant;
    beforeEach(async () => {
      antom = await startScriptedAntom();
      const order: Order = { orderId: "order-1", description: "Two mugs", amount: WON };
      merchant = await openMerchant(antom.url, order, { worker: false });
    });
    afterEach(async () => {
      await merchant.stop();
      await antom.stop();
    });

    const ids = (): Set<unknown> =>
      new Set(antom.calls.filter(({ operation }) => operation === "pay").map(({ body }) => body["paymentRequestId"]));
    const opened = async (): Promise<{ id: string; status: string }> => {
      const { body, text } = await merchant.checkout(ISSUER, APP_HEADERS);
      expect(body["payment"], text).to.be.an("object");
      return body["payment"] as { id: string; status: string };
    };

    it("a Korean issuer's payment without a response is asked for again with the original request id", async () => {
      antom.on("pay", () => "hang up");
      antom.on("inquiryPayment", (call) => ({ ...standing(call, "PROCESSING"), result: RESULTS.missing }));
      const { id, status } = await opened();
      expect(status).to.equal("created");
      antom.on("pay", inProcess);
      expect((await merchant.antom.payments.inquire(id)).status).to.equal("requires_action");
      expect([...ids()]).to.deep.equal([id]);
    });

    it("a Korean issuer's payment that failed is tried again with another request id", async () => {
      antom.on("pay", (call) => ({ ...inProcess(call), result: RESULTS.declined }));
      const first = await opened();
      expect(first.status).to.equal("failed");
      antom.on("pay", inProcess);
      const second = await opened();
      expect(second.status).to.equal("requires_action");
      expect([...ids()]).to.deep.equal([first.id, second.id]);
    });

    it("a Korean issuer's payment that Antom authorizes at once is believed, though documents say it cannot be", async () => {
      antom.on("pay", (call) => ({ ...inProcess(call), result: RESULTS.success }));
      expect((await opened()).status).to.equal("authorized");
    });

    it("the outcome of an inquiry stands in paymentStatus, whatever its result says of the call", async () => {
      const { id } = await opened();
      antom.on("inquiryPayment", (call) => standing(call, "FAIL", { paymentResultCode: "DO_NOT_HONOR" }));
      expect(await merchant.antom.payments.inquire(id)).to.include({ status: "failed", failureCode: "DO_NOT_HONOR" });
    });

    it("the outcome of a notification stands in resultStatus, and it is acknowledged whichever it is", async () => {
      const { id } = await opened();
      const answer = await merchant.notify({
        notifyType: "PAYMENT_RESULT",
        result: RESULTS.declined,
        paymentRequestId: id,
        paymentId: `ANTOM-${id}`,
        paymentAmount: WON,
      });
      expect(answer.body).to.deep.equal({
        result: { resultCode: "SUCCESS", resultStatus: "S", resultMessage: "success" },
      });
      expect(await merchant.antom.payments.get(id)).to.include({ status: "failed", failureCode: "DO_NOT_HONOR" });
    });
  });

  describe("of cards", () => {
    const shop = new Prose();
    afterEach(() => shop.close());

    it("a card is collected for one call and stored nowhere, though document 001 says collect and store", async () => {
      const storage = memoryStorage();
      await shop.open({}, { storage });
      const id = await shop.paid({ method: "card", card: cardOf("visa") }, "authorized");
      expect((await storage.get(id))?.request).to.equal(undefined);
      expect(JSON.stringify(await storage.get(id))).not.to.include("4054695723100768");
      expect(JSON.stringify(await storage.journal(id))).not.to.include("4054695723100768");
      expect(await storage.cards.list("buyer-1")).to.deep.equal([]);
    });

    it("goods need not add up to the order, as those of the samples do not", async () => {
      const unit = { currency: "EUR", value: "30000" };
      const goods = [{ referenceGoodsId: "1", goodsName: "Mug", goodsUnitAmount: unit, goodsQuantity: "10" }];
      await shop.open({ goods, amount: unit });
      await shop.paid({}, "requires_action");
      expect(shop.lastPay().code).to.equal("PAYMENT_IN_PROCESS");
    });

    it("the first payment of a card that is to be charged later may be authenticated", async () => {
      await shop.open({ is3DSAuthentication: true });
      await shop.paid({ method: "card", card: cardOf("visa"), saveCard: true }, "requires_action");
      const { body } = shop.lastPay();
      const { paymentMethodMetaData } = body["paymentMethod"] as { paymentMethodMetaData: object };
      expect(paymentMethodMetaData).to.include({ tokenize: true, is3DSAuthentication: true });
    });
  });

  describe("of contracts", () => {
    it("the papers of PCI are told: an attestation above six million card payments, a self-assessment below", () => {
      const text = page("security.md");
      expect(text).to.include("SAQ D").and.include("attestation of compliance for more than six million card payments");
      expect(text).to.include("SAQ A");
    });

    it("it is told that Antom settles the full amount after the first instalment", () => {
      expect(page("ways-to-pay.md")).to.include("After the first instalment Antom settles the whole amount");
    });

    it("every contradiction has its line in the docs", () => {
      const text = page("ways-to-pay.md");
      const contradictions = [
        "the place of the card token",
        "manual capture of Korean issuer authentication",
        "the place of `requireIssuerAuthentication`",
        "`enableAuthenticationUpgrade` for an APO account",
        "which address of an answer to follow",
      ];
      for (const about of contradictions) expect(text).to.include(`| ${about} `);
    });
  });
});

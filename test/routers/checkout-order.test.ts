import { randomBytes } from "node:crypto";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect } from "chai";
import { AntomError, type OrderFunction } from "../../lib/index.js";
import { createCardSeal } from "../../lib/ledger/card-seal.js";
import { Secret } from "../../lib/payment/secret.js";
import { systemRandom } from "../../lib/ports.js";
import { sampleCard } from "../../lib/storage/conformance/cards.js";
import { memoryStorage } from "../../lib/storage/memory.js";
import { sqliteStorage } from "../../lib/storage/sqlite.js";
import { CARD_KEY } from "../support/simulated-shop.js";
import { inProcess, RESULTS, standing, startScriptedAntom, type ScriptedAntom } from "../support/scripted-antom.js";
import { anOrder, answerOf, paymentResult, problemOf, startShop, type TestShop } from "../support/shop.js";

describe("checkout of an order whose amount has changed", () => {
  let gateway: ScriptedAntom;
  let shop: TestShop;

  beforeEach(async () => {
    gateway = await startScriptedAntom();
    shop = await startShop({ gateway: gateway.url });
    shop.orders.set("order-1", anOrder("order-1"));
  });
  afterEach(async () => {
    await shop.stop();
    await gateway.stop();
  });
  /** Its hold ends tomorrow. */
  const authorized = (payment: { readonly id: string; readonly amount: object }): Promise<Response> =>
    shop.notify(paymentResult(payment, { authExpiryTime: new Date(Date.now() + 86_400_000).toISOString() }));
  const cheaper = (): void => {
    shop.orders.set("order-1", anOrder("order-1", { amount: { currency: "EUR", value: "999" } }));
  };

  it("voids the live payment first, then opens one over the new amount", async () => {
    const first = await answerOf(await shop.checkout("order-1"));
    cheaper();
    const second = await answerOf(await shop.checkout("order-1"));
    expect(second.payment.amount.value).to.equal("999");
    expect((await shop.antom.payments.get(first.payment.id)).status).to.equal("voided");
    expect(gateway.calls.map(({ operation }) => operation)).to.deep.equal(["pay", "inquiryPayment", "cancel", "pay"]);
  });

  it("is of the amount that the shop answered with, though it changes its own order while Antom is asked", async () => {
    const folder = mkdtempSync(join(tmpdir(), "express-antom-order-"));
    const kept = await startShop({ gateway: gateway.url, storage: sqliteStorage(join(folder, "payments.db")) });
    const amount = { currency: "EUR", value: "1999" };
    kept.orders.set("order-2", anOrder("order-2", { amount }));
    gateway.on("pay", (call) => {
      amount.value = "2499";
      return inProcess(call);
    });
    const { payment, redirect } = await answerOf(await kept.checkout("order-2"));
    expect(payment).to.deep.include({ status: "requires_action", amount: { currency: "EUR", value: "1999" } });
    expect(redirect).to.be.a("string");
    expect((await kept.antom.payments.get(payment.id)).conflicts).to.deep.equal([]);
    await kept.stop();
    rmSync(folder, { recursive: true });
  });

  it("opens none while the void is uncertain", async () => {
    await shop.checkout("order-1");
    gateway.on("cancel", () => "http-500");
    cheaper();
    const response = await shop.checkout("order-1");
    expect(response.status).to.equal(409);
    expect(await problemOf(response)).to.include({ code: "payment_closing" });
    expect(gateway.calls.filter(({ operation }) => operation === "pay")).to.have.length(1);
  });

  it("opens none when the order is already paid", async () => {
    const { payment } = await answerOf(await shop.checkout("order-1"));
    await shop.notify(paymentResult(payment));
    await shop.notify({
      notifyType: "CAPTURE_RESULT",
      result: RESULTS.success,
      captureRequestId: "C1",
      captureId: "C1",
      paymentId: `ANTOM-${payment.id}`,
      captureAmount: payment.amount,
    });
    cheaper();
    const response = await shop.checkout("order-1");
    expect(response.status).to.equal(409);
    expect(await problemOf(response)).to.include({ code: "order_paid" });
  });

  it("takes an order that costs what its hold was raised to for paid, and the order as it was too", async () => {
    const { payment } = await answerOf(await shop.checkout("order-1"));
    await shop.notify(
      paymentResult(payment, {
        authExpiryTime: new Date(Date.now() + 86_400_000).toISOString(),
        paymentResultInfo: { incrementalAuthorizationAvailable: true },
      }),
    );
    gateway.on("updateAmount", ({ body }) => ({
      result: RESULTS.success,
      updateRequestId: body["updateRequestId"],
      paymentId: body["paymentId"],
      amount: body["amount"],
    }));
    await shop.antom.payments.increase(payment.id, { amount: "2999" });
    await shop.notify(
      paymentResult(payment, {
        notifyType: "UPDATE_AMOUNT_RESULT",
        updateRequestId: `${payment.id}U1`,
        paymentAmount: { currency: "EUR", value: "2999" },
      }),
    );
    for (const value of ["2999", payment.amount.value]) {
      shop.orders.set("order-1", anOrder("order-1", { amount: { currency: "EUR", value } }));
      const again = await answerOf(await shop.checkout("order-1"));
      expect(again.payment, value).to.include({ id: payment.id, status: "authorized" });
    }
    cheaper();
    expect(await problemOf(await shop.checkout("order-1"))).to.include({ code: "order_paid" });
    expect(gateway.calls.filter(({ operation }) => operation === "pay")).to.have.length(1);
  });

  it("tells a buyer whose order was paid with another amount to contact the shop, not that all is well", async () => {
    const { payment } = await answerOf(await shop.checkout("order-1"));
    await authorized(payment);
    cheaper();
    const post = (accept: string) =>
      fetch(shop.urls.checkout, {
        method: "POST",
        headers: { accept, "content-type": "application/x-www-form-urlencoded", origin: shop.origin },
        body: "orderId=order-1",
      });
    const words =
      "This order was paid before, with another amount. No second payment was made. Please contact the shop.";
    const page = await post("text/html");
    expect(page.status).to.equal(409);
    const text = await page.text();
    expect(text).to.contain("This order was already paid").and.to.contain(words);
    expect(text).to.not.contain('class="icon good"').and.not.contain("do not need to do anything");
    expect(await (await post("application/json")).json()).to.include({ code: "order_paid", message: words });
  });

  for (const capture of ["MANUAL", "AUTOMATIC"] as const) {
    it(`cancels no ${capture} payment that is authorized: the shop may have shipped for it`, async () => {
      shop.orders.set("order-1", anOrder("order-1", { capture }));
      const { payment } = await answerOf(await shop.checkout("order-1"));
      await authorized(payment);
      shop.orders.set("order-1", anOrder("order-1", { capture, amount: { currency: "EUR", value: "2000" } }));
      const response = await shop.checkout("order-1");
      expect(response.status).to.equal(409);
      const problem = await problemOf(response);
      expect(problem.code).to.equal("order_paid");
      expect(problem.detail).to.contain("authorized").and.to.contain("void");
      expect(gateway.calls.map(({ operation }) => operation)).not.to.include("cancel");
      expect(await shop.antom.payments.get(payment.id)).to.include({ status: "authorized" });
      // What was paid already is not asked for again where the order is as it was.
      shop.orders.set("order-1", anOrder("order-1", { capture }));
      expect((await answerOf(await shop.checkout("order-1"))).payment.id).to.equal(payment.id);
    });
  }

  it("cancels none that was paid a moment ago, though Antom's notification has yet to come", async () => {
    const { payment } = await answerOf(await shop.checkout("order-1"));
    const paymentAmount = payment.amount;
    gateway.on("inquiryPayment", (call) => standing(call, "SUCCESS", { paymentAmount, paymentResultInfo: {} }));
    cheaper();
    const response = await shop.checkout("order-1");
    expect(await problemOf(response)).to.include({ code: "order_paid" });
    expect(gateway.calls.map(({ operation }) => operation)).not.to.include("cancel");
  });

  it("opens another once the staff have voided the one that was authorized, and none while that is uncertain", async () => {
    const { payment } = await answerOf(await shop.checkout("order-1"));
    await authorized(payment);
    gateway.on("cancel", () => "http-500");
    await shop.antom.payments.void(payment.id);
    cheaper();
    expect(await problemOf(await shop.checkout("order-1"))).to.include({ code: "payment_closing" });
    gateway.on("cancel", (call) => ({ result: RESULTS.success, paymentRequestId: call.body["paymentRequestId"] }));
    const second = await answerOf(await shop.checkout("order-1"));
    expect(second.payment.amount.value).to.equal("999");
    expect((await shop.antom.payments.get(payment.id)).status).to.equal("voided");
  });
});

describe("checkout of an order in another way", () => {
  let gateway: ScriptedAntom;
  let shop: TestShop;
  afterEach(async () => {
    await shop.stop();
    await gateway.stop();
  });

  const start = async (storage = memoryStorage()): Promise<void> => {
    gateway = await startScriptedAntom();
    shop = await startShop({ gateway: gateway.url, buyer: () => "buyer-1", cardKey: CARD_KEY, storage });
    shop.orders.set("order-1", anOrder("order-1"));
  };
  const saving = (): Promise<Response> =>
    fetch(shop.urls.checkout, {
      method: "POST",
      headers: { "content-type": "application/json", accept: "application/json" },
      body: JSON.stringify({ orderId: "order-1", method: "hosted", saveCard: true }),
    });
  const made = (operation: string): number => gateway.calls.filter((call) => call.operation === operation).length;

  it("takes the place of a payment that nobody has paid", async () => {
    await start();
    const first = await answerOf(await shop.checkout("order-1"));
    const second = await answerOf(await saving());
    expect(second.payment.id).not.to.equal(first.payment.id);
    expect(made("cancel")).to.equal(1);
  });

  it("leaves a payment that was paid a moment ago, though Antom's notification has yet to come", async () => {
    await start();
    const first = await answerOf(await shop.checkout("order-1"));
    const paymentAmount = first.payment.amount;
    gateway.on("inquiryPayment", (call) => standing(call, "SUCCESS", { paymentAmount, paymentResultInfo: {} }));
    const second = await answerOf(await saving());
    expect(second.payment).to.include({ id: first.payment.id, status: "authorized" });
    expect(made("cancel")).to.equal(0);
    expect(made("pay")).to.equal(1);
  });

  it("leaves a payment whose notification comes between the question and the void", async () => {
    const storage = memoryStorage();
    const get = storage.get.bind(storage);
    await start(storage);
    const first = await answerOf(await shop.checkout("order-1"));
    gateway.on("inquiryPayment", (call) => {
      let reads = 0;
      // The first read is the inquiry's own; what is read next is what would be voided.
      storage.get = async (id) => {
        if (++reads === 2) await shop.notify(paymentResult(first.payment));
        return get(id);
      };
      return standing(call, "PROCESSING");
    });
    const second = await answerOf(await saving());
    expect(second.payment).to.include({ id: first.payment.id, status: "authorized" });
    expect(made("cancel")).to.equal(0);
  });

  it("cancels nothing beside a capture that is under way", async () => {
    await start();
    shop.orders.set("order-1", anOrder("order-1", { capture: "MANUAL" }));
    const { payment } = await answerOf(await shop.checkout("order-1"));
    const authExpiryTime = new Date(Date.now() + 86_400_000).toISOString();
    await shop.notify(paymentResult(payment, { authExpiryTime }));
    gateway.on("capture", () => "http-500");
    await shop.antom.payments.capture(payment.id);
    shop.orders.set("order-1", anOrder("order-1", { capture: "MANUAL", amount: { currency: "EUR", value: "999" } }));
    const response = await shop.checkout("order-1");
    expect(response.status).to.equal(409);
    expect(await problemOf(response)).to.include({ code: "order_paid" });
    expect(made("cancel")).to.equal(0);
  });
});

describe("checkout, as the shop decides", () => {
  it("passes a typed refusal of the order function on, with its fields", async () => {
    const gateway = await startScriptedAntom();
    const shop = await startShop({
      gateway: gateway.url,
      order: () => {
        throw new AntomError("order_refused", "Beans are sold out.", {
          problems: [{ at: "/items/0", message: "is sold out" }],
        });
      },
    });
    const response = await shop.checkout("order-1");
    expect(response.status).to.equal(422);
    expect(await problemOf(response)).to.deep.include({
      detail: "Beans are sold out.",
      problems: [{ at: "/items/0", message: "is sold out" }],
    });
    await shop.stop();
    await gateway.stop();
  });

  describe("shows a browser the words of a refusal:", () => {
    const page = async (order: OrderFunction, language = "en"): Promise<string> => {
      const shop = await startShop({ order });
      const response = await fetch(shop.urls.checkout, {
        method: "POST",
        headers: {
          accept: "text/html",
          "accept-language": language,
          "content-type": "application/x-www-form-urlencoded",
          origin: shop.origin,
        },
        body: "orderId=order-1",
      });
      expect(response.status).to.equal(422);
      await shop.stop();
      return response.text();
    };
    const refusing = (message: string): OrderFunction => {
      return () => {
        throw new AntomError("order_refused", message);
      };
    };

    it("the shop's own, whatever the language", async () => {
      for (const [language, title] of [
        ["en", "This order cannot be paid"],
        ["zh", "该订单无法付款"],
        ["ko", "이 주문은 결제할 수 없습니다"],
      ] as const) {
        const text = await page(refusing("Beans are sold out."), language);
        expect(text).to.contain(title).and.to.contain('<p class="lead">Beans are sold out.</p>');
        expect(text).to.not.contain("Something is missing");
      }
    });

    it("escaped", async () => {
      const text = await page(refusing("<script>canary()</script><img src=x onerror='canary()'>"));
      expect(text).to.contain("&lt;script&gt;canary()&lt;/script&gt;&lt;img src=x onerror=&#39;canary()&#39;&gt;");
      expect(text).to.not.match(/<script>canary|<img/);
    });

    it("the kit's own, in the buyer's language, where the shop said none", async () => {
      for (const order of [() => undefined, refusing(" ")]) {
        expect(await page(order)).to.contain("The shop does not take a payment for this order.");
        expect(await page(order, "ko")).to.contain("쇼핑몰에서 이 주문의 결제를 받지 않습니다.");
      }
      expect(await page(() => undefined)).to.not.contain("there is no such order");
    });
  });

  it("tells a script the words of a refusal too: the shop's own, or the kit's in the buyer's language", async () => {
    for (const [order, message] of [
      [
        () => {
          throw new AntomError("order_refused", "Beans are sold out.");
        },
        "Beans are sold out.",
      ],
      [() => undefined, "商店不接受该订单的付款，没有开始付款。请在商店重新打开您的订单。"],
    ] as const) {
      const shop = await startShop({ order });
      const response = await shop.checkout("order-1", { "accept-language": "zh" });
      expect(await response.json()).to.include({ code: "order_refused", message });
      await shop.stop();
    }
  });

  it("refuses what the order function answers with undefined or null, at once or promised", async () => {
    const nothings: readonly OrderFunction[] = [
      () => undefined,
      () => null,
      () => Promise.resolve(undefined),
      () => Promise.resolve(null),
    ];
    for (const order of nothings) {
      const shop = await startShop({ order });
      const response = await shop.checkout("order-1");
      expect(response.status).to.equal(422);
      expect(await problemOf(response)).to.include({ code: "order_refused" });
      await shop.stop();
    }
  });

  it("hides what else the order function throws, and logs it", async () => {
    const shop = await startShop({
      order: () => Promise.reject(new Error("connect ECONNREFUSED 10.0.0.5, password hunter2")),
    });
    const response = await shop.checkout("order-1");
    expect(response.status).to.equal(500);
    expect(await response.text()).not.to.contain("hunter2");
    expect(shop.log.some(({ level }) => level === "error")).to.equal(true);
    await shop.stop();
  });

  for (const [what, faulty] of [
    ["the order function fails", { order: () => Promise.reject(new Error("no such table")) }],
    ["the order cannot be paid", { order: () => ({ orderId: "1", description: "Tea", amount: 19.99 }) as never }],
    [
      "the buyer function fails",
      { order: () => anOrder("order-1"), buyer: () => Promise.reject(new Error("no such table")), cardKey: CARD_KEY },
    ],
  ] as const) {
    it(`does not tell a buyer that Antom cannot be reached where ${what}`, async () => {
      const shop = await startShop(faulty);
      const post = (accept: string, language: string) =>
        fetch(shop.urls.checkout, {
          method: "POST",
          headers: { accept, "accept-language": language, "content-type": "application/x-www-form-urlencoded" },
          body: "orderId=order-1&saveCard=on",
        });
      for (const [language, words] of [
        ["en", "Something is wrong in the shop"],
        ["ko", "쇼핑몰에 문제가 있습니다"],
        ["zh", "商店出现问题"],
      ] as const) {
        const answer = await post("text/html", language);
        expect(answer.status).to.equal(500);
        expect(await answer.text()).to.contain(words);
      }
      const problem = (await (await post("application/json", "en")).json()) as { message: string };
      expect(problem.message).to.equal("No payment was started just now. Please contact the shop, or try again later.");
      await shop.stop();
    });
  }

  it("tells a shop that keeps no cards so, and nobody to log in, where a stored card is to pay", async () => {
    const shop = await startShop({ order: () => anOrder("order-1") });
    const answer = await fetch(shop.urls.checkout, {
      method: "POST",
      headers: { "content-type": "application/json" },
      body: JSON.stringify({ method: "stored-card", cardId: "CARD1" }),
    });
    expect(answer.status).to.equal(422);
    const problem = (await answer.json()) as { code: string; detail: string };
    expect(problem.code).to.equal("method_refused");
    expect(problem.detail).to.contain("the options buyer and cardKey are missing");
    await shop.stop();
  });

  it("does not tell a buyer to try again with a stored card whose key is gone", async () => {
    const storage = memoryStorage();
    await storage.start();
    const row = { id: "CARD1", buyer: "buyer-1" };
    const lost = createCardSeal([randomBytes(32)], systemRandom);
    await storage.cards.put(sampleCard(row.id, { ...row, sealedToken: lost.seal(new Secret("ALIPAYtoken=="), row) }));
    const gateway = await startScriptedAntom();
    const shop = await startShop({
      gateway: gateway.url,
      storage,
      order: () => anOrder("order-1"),
      buyer: () => "buyer-1",
      cardKey: CARD_KEY,
    });
    const post = (accept: string) =>
      fetch(shop.urls.checkout, {
        method: "POST",
        headers: { accept, "content-type": "application/x-www-form-urlencoded" },
        body: "method=stored-card&cardId=CARD1",
      });
    const page = await post("text/html");
    expect(page.status).to.equal(500);
    expect(await page.text()).to.contain("Something is wrong in the shop");
    const problem = (await (await post("application/json")).json()) as { code: string; message: string };
    expect(problem.code).to.equal("internal");
    expect(problem.message).to.contain("No payment was started").and.not.contain("safely try again");
    expect(shop.log.some(({ message }) => message.includes("no key of cardKey opens the token"))).to.equal(true);
    // What the page says is so.
    expect(await shop.antom.payments.findByOrder("order-1")).to.deep.equal([]);
    expect(gateway.calls).to.deep.equal([]);
    await shop.stop();
    await gateway.stop();
  });

  it("does not say that nothing was started where the kit itself fails", async () => {
    const storage = memoryStorage();
    const shop = await startShop({ storage, order: () => anOrder("order-1") });
    storage.open = () => Promise.reject(new TypeError("a fault"));
    const answer = await shop.checkout("order-1", { accept: "application/json" });
    expect(((await answer.json()) as { message: string }).message).to.contain("You can safely try again");
    await shop.stop();
  });

  it("lets pages of allowedOrigins in, and lets their scripts read the answer", async () => {
    const gateway = await startScriptedAntom();
    const shop = await startShop({ gateway: gateway.url, allowedOrigins: ["https://www.shop.example"] });
    shop.orders.set("order-1", anOrder("order-1"));
    const headers = { origin: "https://www.shop.example", "sec-fetch-site": "cross-site" };
    const preflight = await fetch(shop.urls.checkout, { method: "OPTIONS", headers });
    expect(preflight.status).to.equal(204);
    expect(preflight.headers.get("access-control-allow-origin")).to.equal("https://www.shop.example");
    const response = await shop.checkout("order-1", headers);
    expect(response.status).to.equal(200);
    expect(response.headers.get("access-control-allow-origin")).to.equal("https://www.shop.example");
    await shop.stop();
    await gateway.stop();
  });
});

import { expect } from "chai";
import express from "express";
import request from "supertest";
import { AntomError } from "../../lib/index.js";
import { TEXTS } from "../../lib/pages/texts.js";
import { memoryStorage } from "../../lib/storage/memory.js";
import { manualClock } from "../../lib/testing.js";
import { RESULTS, standing, startScriptedAntom, type ScriptedAntom } from "../support/scripted-antom.js";
import {
  anOrder,
  answerOf,
  captureResult,
  MOUNTINGS,
  paymentResult,
  startShop,
  type CheckoutAnswer,
  type TestShop,
} from "../support/shop.js";

const HTML = { accept: "text/html" };
const JSON_ONLY = { accept: "application/json" };

for (const mounting of MOUNTINGS) {
  describe(`redirect, return and status, mounted as ${mounting}`, () => {
    let gateway: ScriptedAntom;
    let shop: TestShop;
    let answer: CheckoutAnswer;
    let returnUrl: string;

    beforeEach(async () => {
      gateway = await startScriptedAntom();
      shop = await startShop({ mounting, gateway: gateway.url, worker: false, shopUrl: "https://shop.example/" });
      shop.orders.set("order-1", anOrder("order-1"));
      answer = await answerOf(await shop.checkout("order-1"));
      returnUrl = String(gateway.calls[0]?.body["paymentRedirectUrl"]);
    });
    afterEach(async () => {
      await shop.stop();
      await gateway.stop();
    });

    it("keep the token out of the log, also where a rewriter of links has made it part of the path", async () => {
      const { statusUrl } = answer;
      const token = new URL(statusUrl).searchParams.get("token") ?? expect.fail("no token");
      for (const instead of ["%3F", "%3f", "&", "%3Ftoken%3D"]) {
        const [path = "", query = ""] = statusUrl.split("?");
        const url = path + instead + (instead.endsWith("D") ? token : query);
        expect((await fetch(url, { headers: JSON_ONLY })).status).to.equal(403);
      }
      expect(shop.log.map(({ fields }) => fields["event"])).to.include("request.refused");
      expect(JSON.stringify(shop.log)).not.to.contain(token);
    });

    const inquiries = () => gateway.calls.filter(({ operation }) => operation === "inquiryPayment").length;
    const get = (url: string, headers: Record<string, string> = HTML): Promise<Response> =>
      fetch(url, { headers, redirect: "manual" });

    it("sends the buyer on through the intermediate page", async () => {
      const page = await get(answer.redirect);
      expect(page.status).to.equal(200);
      expect(await page.text()).to.contain('href="https://antom.example/cashier"');
    });

    it("asks Antom before it shows a result, and says what Antom says", async () => {
      gateway.on("inquiryPayment", (call) => standing(call, "SUCCESS"));
      const page = await get(returnUrl);
      expect(page.status).to.equal(200);
      expect(await page.text()).to.match(/\u20ac\s?19\.99/);
      expect(inquiries()).to.equal(1);
      expect((await shop.antom.payments.get(answer.payment.id)).status).to.equal("authorized");
    });

    it("believes nothing in the query", async () => {
      await get(`${returnUrl}&result=SUCCESS&resultStatus=S&paymentStatus=SUCCESS`);
      expect((await shop.antom.payments.get(answer.payment.id)).status).to.equal("requires_action");
    });

    it("shows that it waits while nothing is known, and lets the buyer go on paying", async () => {
      const text = await (await get(returnUrl)).text();
      expect(text).to.contain(answer.statusUrl.replaceAll("&", "&amp;"));
      expect(text).to.contain(shop.urls.redirect);
    });

    it("asks no more once the outcome is known", async () => {
      await shop.notify(paymentResult(answer.payment));
      await shop.notify(captureResult(answer.payment));
      if (mounting === "the router after express.json()") return;
      const before = inquiries();
      await get(returnUrl);
      await get(returnUrl);
      expect(inquiries()).to.equal(before);
    });

    it("sends a buyer who opens the redirect page of a finished payment to its result", async () => {
      gateway.on("inquiryPayment", (call) =>
        standing(call, "FAIL", { paymentResultCode: "DO_NOT_HONOR", paymentAmount: answer.payment.amount }),
      );
      await get(returnUrl);
      const page = await get(answer.redirect);
      expect(page.status).to.equal(303);
      expect(page.headers.get("location")).to.equal(returnUrl);
    });

    it("shows a buyer whose payment failed why, and what to do, in their own words", async () => {
      gateway.on("inquiryPayment", (call) =>
        standing(call, "FAIL", {
          paymentResultCode: "FRAUD_REJECT",
          paymentResultMessage: "Rejected by risk control",
          paymentResultInfo: { refusalCodeRaw: "59", refusalReasonRaw: "SUSPECTED FRAUD", merchantAdviceCode: "03" },
        }),
      );
      const text = await (await get(returnUrl)).text();
      const message = "Your bank did not approve this payment. Please use another card, or contact your bank.";
      expect(text).to.contain(message).and.to.contain("Back to the shop to use another card");
      const status = await (await get(answer.statusUrl, JSON_ONLY)).text();
      expect(JSON.parse(status)).to.have.deep.nested.property("payment.decline", {
        sameCard: false,
        otherCard: true,
        later: false,
        message,
      });
      for (const told of [text, status]) expect(told).to.not.match(/fraud|risk|"59"|"03"|control|SUSPECTED/i);
    });

    it("tells where the payment stands, without asking Antom", async () => {
      const response = await get(answer.statusUrl, JSON_ONLY);
      expect(await response.json()).to.deep.equal({
        payment: {
          id: answer.payment.id,
          orderId: "order-1",
          status: "requires_action",
          amount: { currency: "EUR", value: "1999" },
        },
        redirect: answer.redirect,
      });
      expect(inquiries()).to.equal(0);
      expect(response.headers.get("cache-control")).to.equal("no-store");
    });

    it('asks Antom when the buyer says "I have paid", at most once in a few seconds', async () => {
      const paid = () => fetch(answer.statusUrl, { method: "POST", headers: JSON_ONLY });
      for (let press = 0; press < 5; press++) expect((await paid()).status).to.equal(200);
      expect(inquiries()).to.equal(1);
    });

    it('answers a submitted "I have paid" form with the way back to the result', async () => {
      const response = await fetch(answer.statusUrl, { method: "POST", headers: HTML, redirect: "manual" });
      expect(response.status).to.equal(303);
      expect(response.headers.get("location")).to.equal(returnUrl);
      expect(response.headers.get("cache-control")).to.equal("no-store");
      expect(response.headers.get("referrer-policy")).to.equal("no-referrer");
    });

    it("lets nobody in without the payment's own token", async () => {
      shop.orders.set("order-2", anOrder("order-2"));
      const other = await answerOf(await shop.checkout("order-2"));
      const token = (url: string): string => new URL(url).searchParams.get("token") ?? "";
      const forged = [
        answer.statusUrl.replace(/\?.*/, ""),
        answer.statusUrl.replace(/token=.*/, "token="),
        answer.statusUrl.replace(/token=.*/, `token=${token(other.statusUrl)}`),
        answer.statusUrl.replace(/token=.*/, `token=${token(answer.statusUrl).slice(0, -1)}`),
        answer.statusUrl.replace(/token=.*/, `token[]=${token(answer.statusUrl)}`),
        answer.statusUrl.replace(answer.payment.id, "PAY00000000000000000000000000"),
        answer.statusUrl.replace(answer.payment.id, "..%2F..%2Fetc"),
      ];
      for (const url of forged) {
        for (const link of [url, url.replace(shop.urls.status, shop.urls.return)]) {
          const response = await get(link, JSON_ONLY);
          expect(response.status, link).to.equal(403);
          expect(await response.json()).to.include({ code: "link_invalid" });
        }
      }
    });

    it("lets whoever has one of the links in at all three, as the documents say", async () => {
      const { search } = new URL(answer.statusUrl);
      const linked = (name: "redirect" | "return" | "status") => `${shop.urls[name]}/${answer.payment.id}${search}`;
      expect([linked("redirect"), linked("return")]).to.deep.equal([answer.redirect, returnUrl]);
      const onward = await get(linked("redirect"));
      expect(onward.status).to.equal(200);
      expect(await onward.text()).to.contain('href="https://antom.example/cashier"');
      expect(inquiries()).to.equal(0);
      expect((await get(linked("return"))).status).to.equal(200);
      expect(inquiries()).to.equal(1);
    });

    it("puts every page under a strict policy, in no cache, and its address in no referrer", async () => {
      for (const url of [answer.redirect, returnUrl, `${answer.redirect}x`]) {
        const { headers } = await get(url);
        const policy = headers.get("content-security-policy") ?? "";
        expect(policy).to.match(/default-src 'none'/);
        expect(policy).to.match(/script-src 'nonce-[A-Za-z0-9+/=_-]{16,}'/);
        expect(policy).to.match(/frame-ancestors 'none'/);
        expect(policy).not.to.contain("unsafe");
        expect(headers.get("cache-control")).to.equal("no-store");
        expect(headers.get("referrer-policy")).to.equal("no-referrer");
        expect(headers.get("x-content-type-options")).to.equal("nosniff");
      }
    });

    it("never uses a nonce twice", async () => {
      const nonces = new Set<string>();
      for (let time = 0; time < 20; time++) {
        const policy = (await get(answer.redirect)).headers.get("content-security-policy") ?? "";
        nonces.add(/'nonce-([^']+)'/.exec(policy)?.[1] ?? "");
      }
      expect(nonces.size).to.equal(20);
    });

    it("says nothing of the money where it is asked for in a way it does not answer to, in the buyer's language", async () => {
      await shop.notify(paymentResult(answer.payment));
      await shop.notify(captureResult(answer.payment));
      for (const [language, { errors }] of Object.entries(TEXTS)) {
        const headers = { ...HTML, "accept-language": language };
        const odd = [
          fetch(returnUrl, { method: "POST", headers }),
          fetch(answer.redirect, { method: "POST", headers }),
          fetch(answer.statusUrl, { method: "DELETE", headers }),
          ...(["return", "redirect", "status"] as const).map((name) => fetch(`${shop.urls[name]}/%ZZ`, { headers })),
        ];
        for (const response of await Promise.all(odd)) {
          expect(response.status).to.be.oneOf([400, 405]);
          const text = await response.text();
          expect(text).to.contain(errors.not_here.title).and.to.contain(`<p class="lead">${errors.not_here.text}</p>`);
          expect(text).to.not.contain(errors.invalid.text);
        }
        const told = await fetch(returnUrl, { method: "POST", headers: { ...JSON_ONLY, "accept-language": language } });
        expect(await told.json()).to.include({ code: "method_not_allowed", message: errors.not_here.text });
      }
    });

    it("speaks the buyer's language", async () => {
      for (const locale of ["ko-KR", "ko_KR"]) {
        shop.orders.set(locale, anOrder(locale, { locale }));
        const korean = await answerOf(await shop.checkout(locale));
        expect(await (await get(korean.redirect)).text()).to.contain('lang="ko"');
      }
      shop.orders.set("order-zh", anOrder("order-zh"));
      const chinese = await answerOf(await shop.checkout("order-zh", { "accept-language": "zh-CN,zh;q=0.9,en;q=0.5" }));
      expect(await (await get(chinese.redirect)).text()).to.match(/lang="zh/);
    });

    it("serves the checkout script", async () => {
      const response = await fetch(shop.urls.script);
      expect(response.status).to.equal(200);
      expect(response.headers.get("content-type")).to.match(/javascript/);
      expect(await response.text()).to.contain("data-antom-checkout");
    });
  });
}

describe("return, with pages of the shop's own", () => {
  it("sends the buyer to the shop's page for the outcome", async () => {
    const gateway = await startScriptedAntom();
    const clock = manualClock();
    const shop = await startShop({
      gateway: gateway.url,
      worker: false,
      clock,
      resultPage: (outcome, payment) =>
        outcome === "pending" ? undefined : `https://shop.example/orders/${payment.orderId}?outcome=${outcome}`,
    });
    shop.orders.set("order-1", anOrder("order-1"));
    await shop.checkout("order-1");
    const returnUrl = String(gateway.calls[0]?.body["paymentRedirectUrl"]);
    expect((await fetch(returnUrl, { headers: HTML, redirect: "manual" })).status).to.equal(200);
    gateway.on("inquiryPayment", (call) => standing(call, "CANCELLED"));
    await clock.advance(1_000);
    const response = await fetch(returnUrl, { headers: HTML, redirect: "manual" });
    expect(response.status).to.equal(303);
    expect(response.headers.get("location")).to.equal("https://shop.example/orders/order-1?outcome=voided");
    await shop.stop();
    await gateway.stop();
  });

  it("shows the buyer that it is open when Antom takes long to say", async () => {
    const gateway = await startScriptedAntom();
    const clock = manualClock();
    const shop = await startShop({ gateway: gateway.url, worker: false, clock });
    shop.orders.set("order-1", anOrder("order-1"));
    const { payment } = await answerOf(await shop.checkout("order-1"));
    const returnUrl = String(gateway.calls[0]?.body["paymentRedirectUrl"]);
    let answerNow = (): void => undefined;
    const held = new Promise<void>((resolve) => (answerNow = resolve));
    gateway.on("inquiryPayment", async (call) => {
      await held;
      return standing(call, "SUCCESS");
    });
    const shown = fetch(returnUrl, { headers: HTML });
    while (!gateway.calls.some(({ operation }) => operation === "inquiryPayment")) {
      await new Promise((resolve) => setTimeout(resolve, 5));
    }
    await clock.advance(5_000);
    expect(await (await shown).text()).to.contain('data-status="requires_action"');
    answerNow();
    await shop.antom.payments.inquire(payment.id);
    expect((await shop.antom.payments.get(payment.id)).status).to.equal("authorized");
    await shop.stop();
    await gateway.stop();
  });
});

describe("links in an app that parses queries in a way of its own", () => {
  for (const [what, parser] of [
    ["not at all", false],
    ["into URLSearchParams", (text: string) => new URLSearchParams(text)],
    ["with nesting", "extended"],
  ] as const) {
    it(`work where it does so ${what}, with one token and no more`, async () => {
      const gateway = await startScriptedAntom();
      const shop = await startShop({ gateway: gateway.url, worker: false });
      shop.orders.set("order-1", anOrder("order-1"));
      const { statusUrl, redirect } = await answerOf(await shop.checkout("order-1"));
      const app = express().set("query parser", parser).use("/payments", shop.antom.router);
      const get = (url: string) => request(app).get(url.slice(shop.origin.length));
      expect((await get(statusUrl)).status).to.equal(200);
      expect((await get(redirect)).status).to.equal(200);
      expect((await get(`${statusUrl}&utm_source=mail`)).status).to.equal(200);
      const token = new URL(statusUrl).searchParams.get("token") ?? "";
      for (const more of ["&token=b", `&token=${token}`, "&token="]) {
        expect((await get(statusUrl + more)).status, more).to.equal(403);
      }
      expect((await get(statusUrl.replace("token=", "token[]="))).status).to.equal(403);
      await shop.stop();
      await gateway.stop();
    });
  }
});

describe("links while the secret is being replaced", () => {
  it("stay good under the old secret, and are made with the new", async () => {
    const gateway = await startScriptedAntom();
    const old = "the old secret, long enough to be one";
    const fresh = "the new secret, long enough to be one";
    const before = await startShop({ gateway: gateway.url, secret: old, worker: false });
    before.orders.set("order-1", anOrder("order-1"));
    const { statusUrl } = await answerOf(await before.checkout("order-1"));
    const token = new URL(statusUrl).search;
    await before.stop();

    const { createLinks } = await import("../../lib/routers/links.js");
    const links = createLinks([fresh, old], before.urls);
    const id = /PAY[0-9A-Z]{26}/.exec(statusUrl)?.[0] ?? "";
    expect(links.isGenuine(id, token.slice("?token=".length))).to.equal(true);
    expect(links.status(id)).not.to.equal(statusUrl);
    expect(createLinks([fresh], before.urls).isGenuine(id, token.slice("?token=".length))).to.equal(false);
    await gateway.stop();
  });
});

describe("a storage that cannot be used as it is", () => {
  for (const code of ["configuration_invalid", "storage_not_durable"] as const) {
    it(`has a buyer told to try again, and nothing about the money: ${code}`, async () => {
      const storage = memoryStorage();
      storage.start = () => Promise.reject(new AntomError(code, "the reason, at /var/lib/secret-place"));
      const shop = await startShop({ storage, worker: false });
      const response = await fetch(`${shop.urls.return}/PAY0?token=x`, { headers: HTML });
      expect(response.status).to.equal(500);
      const text = await response.text();
      expect(text).to.contain(TEXTS.en.errors.unavailable.title);
      expect(text).to.not.match(/no money was taken|secret-place/i);
      await shop.stop();
    });
  }
});

describe("a storage that is away", () => {
  it("is answered with 503 and no acknowledgement, and the kit goes on when it is back", async () => {
    const gateway = await startScriptedAntom();
    const storage = memoryStorage();
    let away = false;
    const guarded = new Proxy(storage, {
      get(target, name) {
        const step: unknown = Reflect.get(target, name);
        if (typeof step !== "function") return step;
        return (...given: unknown[]): unknown =>
          away
            ? Promise.reject(new Error("disk I/O error: /var/lib/secret-place"))
            : Reflect.apply(step, target, given);
      },
    });
    const shop = await startShop({ gateway: gateway.url, storage: guarded, worker: false });
    shop.orders.set("order-1", anOrder("order-1"));
    const { payment, statusUrl } = await answerOf(await shop.checkout("order-1"));
    away = true;
    const responses = [
      await shop.notify(paymentResult(payment)),
      await shop.checkout("order-1"),
      await fetch(statusUrl, { headers: JSON_ONLY }),
    ];
    for (const response of responses) {
      expect(response.status).to.be.oneOf([500, 503]);
      const text = await response.text();
      expect(text).not.to.contain("secret-place");
      expect(text).not.to.contain(RESULTS.success.resultCode);
    }
    away = false;
    expect((await shop.notify(paymentResult(payment))).status).to.equal(200);
    expect((await shop.antom.payments.get(payment.id)).status).to.equal("authorized");
    await shop.stop();
    await gateway.stop();
  });
});

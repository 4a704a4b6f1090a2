import { expect } from "chai";
import { TEXTS } from "../../lib/pages/texts.js";
import { RESULTS, inProcess, standing, startScriptedAntom, type ScriptedAntom } from "../support/scripted-antom.js";
import { anOrder, answerOf, MOUNTINGS, paymentResult, problemOf, startShop, type TestShop } from "../support/shop.js";
import { heardFrom, rawSocket } from "./operations/raw.js";

for (const mounting of MOUNTINGS) {
  describe(`checkout, mounted as ${mounting}`, () => {
    let gateway: ScriptedAntom;
    let shop: TestShop;

    beforeEach(async () => {
      gateway = await startScriptedAntom();
      shop = await startShop({ mounting, gateway: gateway.url });
      shop.orders.set("order-1", anOrder("order-1"));
    });
    afterEach(async () => {
      await shop.stop();
      await gateway.stop();
    });

    const pays = () => gateway.calls.filter(({ operation }) => operation === "pay");

    it("opens the order's payment and says where to go", async () => {
      const response = await shop.checkout("order-1");
      expect(response.status).to.equal(200);
      const answer = await answerOf(response);
      expect(answer.payment).to.deep.include({
        orderId: "order-1",
        status: "requires_action",
        amount: { currency: "EUR", value: "1999" },
      });
      expect(answer.redirect).to.match(new RegExp(`^${shop.urls.redirect}/${answer.payment.id}\\?token=`));
      expect(answer.statusUrl).to.match(new RegExp(`^${shop.urls.status}/${answer.payment.id}\\?token=`));
      expect(response.headers.get("content-type")).to.equal("application/json; charset=utf-8");
      expect(response.headers.get("cache-control")).to.equal("no-store");
      expect(response.headers.get("x-content-type-options")).to.equal("nosniff");
      expect(response.headers.get("etag"), "nobody may keep it").to.equal(null);
    });

    it("sends Antom the shop's amount, never the browser's", async () => {
      await fetch(shop.urls.checkout, {
        method: "POST",
        headers: { "content-type": "application/json" },
        body: JSON.stringify({ orderId: "order-1", amount: { currency: "EUR", value: "1" } }),
      });
      expect(pays()[0]?.body).to.deep.include({ paymentAmount: { currency: "EUR", value: "1999" } });
      expect(pays()[0]?.body).to.deep.include({
        productCode: "CASHIER_PAYMENT",
        paymentMethod: { paymentMethodType: "CARD" },
        paymentFactor: { isAuthorization: true },
        paymentNotifyUrl: shop.urls.notify,
      });
    });

    it("answers a hundred checkouts of one order at once with one payment and one authorization", async () => {
      gateway.on("pay", async (call) => {
        await new Promise((resolve) => setTimeout(resolve, 100));
        return inProcess(call);
      });
      const responses = await Promise.all(Array.from({ length: 100 }, () => shop.checkout("order-1")));
      const answers = await Promise.all(responses.map(answerOf));
      expect(new Set(answers.map((answer) => JSON.stringify(answer))).size).to.equal(1);
      expect(pays()).to.have.length(1);
      expect(await shop.antom.payments.findByOrder("order-1")).to.have.length(1);
    });

    it("tries a card once for checkouts at once, also where it is declined", async () => {
      gateway.on("pay", async (call) => {
        await new Promise((resolve) => setTimeout(resolve, 100));
        return { result: RESULTS.declined, paymentRequestId: call.body["paymentRequestId"] };
      });
      const responses = await Promise.all(Array.from({ length: 10 }, () => shop.checkout("order-1")));
      const answers = await Promise.all(responses.map(answerOf));
      expect(new Set(answers.map(({ payment }) => `${payment.id} ${payment.status}`)).size).to.equal(1);
      expect(answers[0]?.payment.status).to.equal("failed");
      expect(pays()).to.have.length(1);
      const later = await answerOf(await shop.checkout("order-1"));
      expect(later.payment.id).to.not.equal(answers[0]?.payment.id);
    });

    it("answers a later checkout of the same order with the same payment", async () => {
      const first = await answerOf(await shop.checkout("order-1"));
      const second = await answerOf(await shop.checkout("order-1"));
      expect(second).to.deep.equal(first);
      expect(pays()).to.have.length(1);
    });

    it("shows the result to a buyer who pays again what is paid", async () => {
      const { payment } = await answerOf(await shop.checkout("order-1"));
      gateway.on("inquiryPayment", (call) => standing(call, "SUCCESS"));
      await shop.notify(paymentResult(payment));
      const again = await answerOf(await shop.checkout("order-1"));
      expect(again.payment.id).to.equal(payment.id);
      expect(again.redirect).to.match(new RegExp(`^${shop.urls.return}/`));
      expect(pays()).to.have.length(1);
    });

    it("opens a new payment after the last one failed", async () => {
      gateway.on("pay", (call, count) =>
        count === 1 ? { result: RESULTS.declined, paymentRequestId: call.body["paymentRequestId"] } : inProcess(call),
      );
      const first = await answerOf(await shop.checkout("order-1"));
      expect(first.payment.status).to.equal("failed");
      expect(first.redirect).to.contain(shop.urls.return);
      const second = await answerOf(await shop.checkout("order-1"));
      expect(second.payment.id).not.to.equal(first.payment.id);
      expect(second.payment.status).to.equal("requires_action");
    });

    for (const silence of ["hang up", "http-500", "unsigned"] as const) {
      it(`leads to a page that waits, never to a failure, when Antom's answer is: ${silence}`, async () => {
        gateway.on("pay", () => silence);
        gateway.on("inquiryPayment", () => "http-500");
        const answer = await answerOf(await shop.checkout("order-1"));
        expect(answer.payment.status).to.equal("created");
        const page = await fetch(answer.redirect, { headers: { accept: "text/html" } });
        expect(page.status).to.equal(200);
        expect(await page.text()).to.contain('data-status="created"');
        const ids = new Set(pays().map(({ body }) => body["paymentRequestId"]));
        expect([...ids]).to.deep.equal([answer.payment.id]);
      });
    }

    it("repeats an unanswered pay call with the same id until the buyer can go on", async () => {
      gateway.on("pay", (call, count) => (count === 1 ? "http-500" : inProcess(call)));
      gateway.on("inquiryPayment", (call) => ({
        result: RESULTS.missing,
        paymentRequestId: call.body["paymentRequestId"],
      }));
      const answer = await answerOf(await shop.checkout("order-1"));
      expect(answer.payment.status).to.equal("created");
      await fetch(answer.statusUrl, { method: "POST", headers: { accept: "application/json" } });
      expect((await shop.antom.payments.get(answer.payment.id)).status).to.equal("requires_action");
      expect(new Set(pays().map(({ body }) => JSON.stringify(body))).size).to.equal(1);
    });

    it("answers a submitted form with a 303 to the redirect page", async () => {
      const response = await fetch(shop.urls.checkout, {
        method: "POST",
        redirect: "manual",
        headers: {
          "content-type": "application/x-www-form-urlencoded",
          accept: "text/html,application/xhtml+xml,*/*;q=0.8",
          origin: shop.origin,
        },
        body: "orderId=order-1",
      });
      expect(response.status).to.equal(303);
      expect(response.headers.get("location")).to.match(new RegExp(`^${shop.urls.redirect}/PAY`));
    });

    it("hands on every value of a name that a form has several times", async () => {
      await shop.stop();
      let seen: unknown;
      const order = (req: { body: unknown }) => {
        seen = req.body;
        return anOrder("order-1");
      };
      shop = await startShop({ mounting, gateway: gateway.url, order });
      const headers = { "content-type": "application/x-www-form-urlencoded", accept: "text/html", origin: shop.origin };
      const body = "sku=tea&sku=pot&sku=cup&method=card&method=hosted&note=n";
      const response = await fetch(shop.urls.checkout, { method: "POST", redirect: "manual", headers, body });
      expect(response.status).to.equal(303);
      expect(seen).to.deep.equal({ sku: ["tea", "pot", "cup"], method: "hosted", note: "n" });
    });

    it("takes no body for no fields, whether a length of 0 tells of it or nothing does", async () => {
      await shop.stop();
      shop = await startShop({ mounting, gateway: gateway.url, order: (req) => anOrder(String(req.get("x-order"))) });
      const { host, pathname } = new URL(shop.urls.checkout);
      const post = async (headers: readonly string[], body = ""): Promise<string> => {
        const socket = rawSocket(shop.origin);
        const lines = [
          `POST ${pathname} HTTP/1.1`,
          `Host: ${host}`,
          "Connection: close",
          "X-Order: order-1",
          ...headers,
        ];
        socket.write(`${lines.join("\r\n")}\r\n\r\n${body}`);
        return (await heardFrom(socket)).text;
      };
      expect(await post([])).to.match(/^HTTP\/1\.1 200 /);
      expect(await post(["Content-Length: 0"])).to.match(/^HTTP\/1\.1 200 /);
      expect(await post(["Content-Length: 2"], "{}")).to.match(/^HTTP\/1\.1 415 /);
    });

    describe("refuses, with nothing sent to Antom,", () => {
      afterEach(() => {
        expect(pays()).to.have.length(0);
      });
      const strangers: Record<string, Record<string, string>> = {
        "another site's page": { origin: "https://evil.example", "sec-fetch-site": "cross-site" },
        "a sibling subdomain": { origin: "https://blog.shop.example", "sec-fetch-site": "same-site" },
        "a sandboxed page": { origin: "null" },
        "another site's page in an old browser": { referer: "https://evil.example/page" },
      };
      for (const [who, headers] of Object.entries(strangers)) {
        it(who, async () => {
          const response = await shop.checkout("order-1", headers);
          expect(response.status).to.equal(403);
          const problem = await problemOf(response);
          expect(problem).to.include({ code: "origin_refused" });
          const { detail } = problem as unknown as { detail: string };
          const came = headers["origin"] ?? "https://evil.example";
          expect(detail).to.contain(`this came from "${came}", and ${new URL(shop.urls.checkout).origin} is expected`);
          expect(shop.log.map(({ message }) => message)).to.include(detail);
        });
      }

      it("JSON in a text/plain disguise", async () => {
        const response = await shop.checkout("order-1", { "content-type": "text/plain" });
        expect(response.status).to.equal(415);
        expect(await problemOf(response)).to.include({ code: "content_type_unsupported" });
      });

      it("an order the shop does not know", async () => {
        const response = await shop.checkout("order-2");
        expect(response.status).to.equal(422);
        expect(await problemOf(response)).to.include({ code: "order_refused" });
      });

      it("browser details that are not, naming each field", async () => {
        const response = await fetch(shop.urls.checkout, {
          method: "POST",
          headers: { "content-type": "application/json" },
          body: JSON.stringify({ orderId: "order-1", browser: { screenWidth: "wide", colorDepth: -7, langage: "en" } }),
        });
        expect(response.status).to.equal(400);
        const { code, problems } = await problemOf(response);
        expect(code).to.equal("request_invalid");
        expect(problems?.map(({ at }) => at)).to.have.members([
          "/browser/screenWidth",
          "/browser/colorDepth",
          "/browser/langage",
        ]);
        expect(problems?.find(({ at }) => at === "/browser/langage")?.message).to.contain('"language"');
      });

      it("a body that is a list", async () => {
        const response = await fetch(shop.urls.checkout, {
          method: "POST",
          headers: { "content-type": "application/json" },
          body: "[1]",
        });
        expect(response.status).to.equal(400);
      });

      it("an order that cannot be paid, without telling the buyer why", async () => {
        shop.orders.set("order-1", anOrder("order-1", { amount: { currency: "eur", value: "19.99" } }));
        const response = await shop.checkout("order-1");
        expect(response.status).to.equal(500);
        const problem = await problemOf(response);
        expect(problem).to.include({ code: "order_invalid" });
        expect(JSON.stringify(problem)).not.to.contain("19.99");
        const line = shop.log.find(({ level }) => level === "error");
        expect(line?.message).to.contain("/amount/currency");
      });
    });

    it("tells a script of every refusal what the page says, in the buyer's language", async () => {
      const url = shop.urls.checkout;
      for (const [language, { errors }] of Object.entries(TEXTS)) {
        const json = { "accept-language": language, "content-type": "application/json" };
        const refused = [
          { headers: json, body: "[1]" },
          { headers: json, body: '{"orderId":"order-1","method":"card"}' },
          { headers: json, body: '{"orderId":"order-1","browser":{"screenWidth":"wide"}}' },
          { headers: { ...json, "content-type": "text/plain" }, body: "orderId=order-1" },
        ];
        for (const sent of refused) {
          // An app's own parser, where there is one before the kit, refuses some of these itself.
          const response = await fetch(url, { method: "POST", ...sent });
          const problem = await response.text();
          if (!response.headers.get("content-type")?.startsWith("application/problem+json")) continue;
          expect(JSON.parse(problem), problem).to.include({ message: errors.invalid.text });
        }
      }
    });

    it("says nothing of the money to a browser that asks for the checkout's own address, as after an answer that was lost", async () => {
      expect((await shop.checkout("order-1")).status).to.equal(200);
      for (const [language, { errors }] of Object.entries(TEXTS)) {
        const headers = { accept: "text/html", "accept-language": language };
        const response = await fetch(shop.urls.checkout, { headers });
        expect([response.status, response.headers.get("allow")]).to.deep.equal([405, "POST, OPTIONS"]);
        const text = await response.text();
        expect(text).to.contain(errors.not_here.title).and.to.contain(`<p class="lead">${errors.not_here.text}</p>`);
        expect(text).to.not.contain(errors.invalid.text);
      }
    });

    it("shows a browser a page instead of a problem", async () => {
      const response = await fetch(shop.urls.checkout, {
        method: "POST",
        headers: {
          "content-type": "application/x-www-form-urlencoded",
          accept: "text/html",
          origin: "https://evil.example",
        },
        body: "orderId=order-1",
      });
      expect(response.status).to.equal(403);
      expect(response.headers.get("content-type")).to.match(/^text\/html/);
      expect(await response.text()).not.to.contain("origin_refused");
    });
  });
}

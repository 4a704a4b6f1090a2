import { expect } from "chai";
import {
  anOrder,
  answerOf,
  captureResult,
  MOUNTINGS,
  paymentResult,
  startShop,
  type TestShop,
} from "../support/shop.js";
import { startScriptedAntom, standing, type ScriptedAntom } from "../support/scripted-antom.js";
import { ANTOM_KEYS, CLIENT_ID, STRANGER_KEYS } from "../support/keys.js";
import { signedNotification } from "../../lib/testing.js";

const ACKNOWLEDGEMENT = { result: { resultCode: "SUCCESS", resultStatus: "S", resultMessage: "success" } };

for (const mounting of MOUNTINGS) {
  const isHint = mounting === "the router after express.json()";

  describe(`notify, mounted as ${mounting}`, () => {
    let gateway: ScriptedAntom;
    let shop: TestShop;
    let payment: { id: string; amount: { currency: string; value: string } };

    beforeEach(async () => {
      gateway = await startScriptedAntom();
      shop = await startShop({ mounting, gateway: gateway.url });
      shop.orders.set("order-1", anOrder("order-1"));
      payment = (await answerOf(await shop.checkout("order-1"))).payment;
    });
    afterEach(async () => {
      await shop.stop();
      await gateway.stop();
    });

    const status = async (): Promise<string> => (await shop.antom.payments.get(payment.id)).status;

    it("acknowledges exactly as Antom requires, and the payment is authorized", async () => {
      gateway.on("inquiryPayment", (call) => standing(call, "SUCCESS"));
      const response = await shop.notify(paymentResult(payment));
      expect(response.status).to.equal(200);
      expect(response.headers.get("content-type")).to.match(/^application\/json/);
      expect(await response.json()).to.deep.equal(ACKNOWLEDGEMENT);
      expect(await status()).to.equal("authorized");
      await shop.recorder.waitFor("payment.authorized");
    });

    it("captures on the capture's notification, and the shop hears of both in order", async () => {
      gateway.on("inquiryPayment", (call) =>
        standing(call, "SUCCESS", {
          transactions: [
            {
              transactionType: "CAPTURE",
              transactionStatus: "SUCCESS",
              transactionId: `CAPTURE-${payment.id}`,
              transactionRequestId: `AUTO-${payment.id}`,
              transactionAmount: payment.amount,
              transactionResult: { resultCode: "SUCCESS", resultStatus: "S" },
            },
          ],
        }),
      );
      await shop.notify(paymentResult(payment));
      expect((await shop.notify(captureResult(payment))).status).to.equal(200);
      expect(await status()).to.equal("captured");
      await shop.recorder.waitFor("payment.captured");
      expect(shop.recorder.events.map(({ type }) => type)).to.deep.equal([
        "payment.requires_action",
        "payment.authorized",
        "payment.captured",
      ]);
    });

    it("answers 404 without an acknowledgement when it is about no payment of ours", async () => {
      const response = await shop.notify(
        paymentResult({ ...payment, id: "PAY00000000000000000000000000" }, { paymentId: "X" }),
      );
      expect(response.status).to.equal(404);
      expect(await response.json()).to.include({ code: "payment_not_found" });
    });

    if (isHint) {
      it("says once that a parser ran first, and how to mend it", async () => {
        gateway.on("inquiryPayment", (call) => standing(call, "SUCCESS"));
        await shop.notify(paymentResult(payment));
        await shop.notify(paymentResult(payment));
        const warnings = shop.log.filter(({ fields }) => fields["event"] === "notification.body_parsed");
        expect(warnings).to.have.length(1);
        expect(warnings[0]?.message).to.contain("before express.json()");
      });

      it("believes nothing of what it says, only what Antom answers, and lets it come again until Antom says so", async () => {
        const early = await shop.notify(paymentResult(payment));
        expect(early.status).to.equal(503);
        expect(await early.json()).to.include({ code: "gateway_unanswered" });
        expect(await status()).to.equal("requires_action");
        gateway.on("inquiryPayment", (call) => standing(call, "SUCCESS"));
        expect((await shop.notify(paymentResult(payment))).status).to.equal(200);
        expect(await status()).to.equal("authorized");
      });

      describe("with a refund made on Antom's dashboard", () => {
        const refund = () => ({
          notifyType: "REFUND_RESULT",
          result: { resultCode: "SUCCESS", resultStatus: "S", resultMessage: "success" },
          refundStatus: "SUCCESS",
          refundRequestId: "DASHBOARD-1",
          refundId: "REFUND-1",
          refundAmount: payment.amount,
          refundTime: "2026-01-02T12:01:03+08:00",
          paymentId: `ANTOM-${payment.id}`,
          paymentRequestId: payment.id,
        });
        const told = (type: string, id: string, requestId: string, transactionStatus = "SUCCESS") => ({
          transactionType: type,
          transactionStatus,
          transactionId: id,
          transactionRequestId: requestId,
          transactionAmount: payment.amount,
        });
        const inquiryTells = (...transactions: object[]): void => {
          gateway.on("inquiryPayment", (call) => standing(call, "SUCCESS", { transactions }));
        };
        const capture = () => told("CAPTURE", `CAPTURE-${payment.id}`, `AUTO-${payment.id}`);
        const refunded = async () => (await shop.antom.payments.get(payment.id)).refundedAmount;

        beforeEach(async () => {
          inquiryTells(capture());
          expect((await shop.notify(captureResult(payment))).status).to.equal(200);
        });

        it("does not acknowledge it before the inquiry tells of it, so that Antom sends it again", async () => {
          const early = await shop.notify(refund());
          expect(early.status).to.equal(503);
          expect(await early.json()).to.include({ code: "gateway_unanswered" });
          inquiryTells(capture(), told("REFUND", "REFUND-1", "DASHBOARD-1", "PROCESSING"));
          expect((await shop.notify(refund())).status).to.equal(503);
          expect(await refunded()).to.equal("0");
          inquiryTells(capture(), told("REFUND", "REFUND-1", "DASHBOARD-1"));
          expect(await (await shop.notify(refund())).json()).to.deep.equal(ACKNOWLEDGEMENT);
          expect(await refunded()).to.equal(payment.amount.value);
        });

        it("asks once for each, as before", async () => {
          const asked = (): number => gateway.calls.filter(({ operation }) => operation === "inquiryPayment").length;
          const before = asked();
          await shop.notify(refund());
          expect(asked()).to.equal(before + 1);
          expect(gateway.calls.map(({ operation }) => operation)).not.to.include("inquiryRefund");
        });

        it("answers a stranger the same whether it is so or not", async () => {
          const guess = { ...refund(), paymentId: undefined, refundId: "GUESSED" };
          const before = await shop.notify(guess);
          inquiryTells(capture(), told("REFUND", "REFUND-1", "DASHBOARD-1"));
          await shop.notify(refund());
          const after = await shop.notify(guess);
          expect(after.status).to.equal(before.status);
          expect(await after.json()).to.deep.equal(await before.json());
          // The same of the payment itself: who knows its id alone learns nothing about it.
          const bare = paymentResult(payment, { paymentId: undefined, paymentAmount: undefined });
          expect((await shop.notify(bare)).status).to.equal(503);
        });
      });

      it("gives a hundred copies at once one inquiry and one effect, and acknowledges each", async () => {
        gateway.on("inquiryPayment", async (call) => {
          await new Promise((resolve) => setTimeout(resolve, 200));
          return standing(call, "SUCCESS");
        });
        const responses = await Promise.all(Array.from({ length: 100 }, () => shop.notify(paymentResult(payment))));
        for (const response of responses) expect(await response.json()).to.deep.equal(ACKNOWLEDGEMENT);
        expect(gateway.calls.filter(({ operation }) => operation === "inquiryPayment").length).to.be.lessThan(4);
        await shop.recorder.waitFor("payment.authorized");
        expect(shop.recorder.events.filter(({ type }) => type === "payment.authorized")).to.have.length(1);
      });

      it("asks anew where an inquiry is under way: what that one hears may be older than the notification", async () => {
        let release = (): void => undefined;
        let asked = (): void => undefined;
        const isAsked = new Promise<void>((resolve) => (asked = resolve));
        const isOld = new Promise<void>((resolve) => (release = resolve));
        gateway.on("inquiryPayment", async (call) => {
          gateway.on("inquiryPayment", (later) => standing(later, "SUCCESS"));
          const old = standing(call, "PENDING");
          asked();
          await isOld;
          return old;
        });
        const inquiry = shop.antom.payments.inquire(payment.id);
        await isAsked;
        const responses = Promise.all([shop.notify(paymentResult(payment)), shop.notify(paymentResult(payment))]);
        await new Promise((resolve) => setTimeout(resolve, 50));
        release();
        for (const { status: answer } of await responses) expect(answer).to.equal(200);
        await inquiry;
        expect(await status()).to.equal("authorized");
        expect(gateway.calls.filter(({ operation }) => operation === "inquiryPayment")).to.have.length(2);
      });

      it("does not acknowledge what an inquiry cannot confirm", async () => {
        const response = await shop.notify({
          paymentRequestId: payment.id,
          paymentId: `ANTOM-${payment.id}`,
          disputeId: "D1",
          disputeNotificationType: "DISPUTE_CREATED",
        });
        expect(response.status).to.equal(500);
        expect(await response.json()).to.include({ code: "body_missing" });
      });

      it("does not acknowledge while Antom cannot be asked", async () => {
        gateway.on("inquiryPayment", () => "http-500");
        const response = await shop.notify(paymentResult(payment));
        expect(response.status).to.equal(503);
      });
      return;
    }

    it("gives a hundred copies at once one effect, and acknowledges each", async () => {
      const responses = await Promise.all(Array.from({ length: 100 }, () => shop.notify(paymentResult(payment))));
      for (const response of responses) expect(await response.json()).to.deep.equal(ACKNOWLEDGEMENT);
      await shop.recorder.waitFor("payment.authorized");
      await shop.antom.runDue();
      expect(shop.recorder.events.filter(({ type }) => type === "payment.authorized")).to.have.length(1);
    });

    it("takes a capture told before its authorization", async () => {
      await shop.notify(captureResult(payment));
      await shop.notify(paymentResult(payment));
      expect(await status()).to.equal("captured");
      await shop.recorder.waitFor("payment.captured");
      expect(shop.recorder.events.map(({ type }) => type).slice(1)).to.deep.equal([
        "payment.authorized",
        "payment.captured",
      ]);
    });

    it("never lets a late failure overwrite a success", async () => {
      await shop.notify(paymentResult(payment));
      const failed = { resultCode: "ORDER_IS_CLOSED", resultStatus: "F", resultMessage: "closed" };
      expect((await shop.notify(paymentResult(payment, { result: failed }))).status).to.equal(200);
      const after = await shop.antom.payments.get(payment.id);
      expect(after.status).to.equal("authorized");
      expect(after.conflicts.map(({ code }) => code)).to.deep.equal(["contradictory_result"]);
    });

    for (const [what, amount, code] of [
      ["another amount", { currency: "EUR", value: "1998" }, "amount_mismatch"],
      ["a hundredfold amount", { currency: "EUR", value: "199900" }, "amount_mismatch"],
      ["another currency", { currency: "USD", value: "1999" }, "currency_mismatch"],
    ] as const) {
      it(`acknowledges ${what}, changes nothing but the mark, and tells the shop`, async () => {
        const response = await shop.notify(paymentResult(payment, { paymentAmount: amount }));
        expect(response.status).to.equal(200);
        const after = await shop.antom.payments.get(payment.id);
        expect(after.status).to.equal("requires_action");
        expect(after.authorizedAmount).to.equal("0");
        expect(after.conflicts.map((conflict) => conflict.code)).to.deep.equal([code]);
        await shop.recorder.waitFor("payment.conflict");
      });
    }

    it("acknowledges a kind it does not know, and changes nothing", async () => {
      const response = await shop.notify({ notifyType: "SOMETHING_NEW", paymentRequestId: payment.id });
      expect(await response.json()).to.deep.equal(ACKNOWLEDGEMENT);
      expect(await status()).to.equal("requires_action");
    });

    describe("refuses without an effect", () => {
      const send = (headers: Record<string, string>, body: string): Promise<Response> =>
        fetch(shop.urls.notify, { method: "POST", headers: { "content-type": "application/json", ...headers }, body });
      const signed = (more: Partial<Parameters<typeof signedNotification>[0]> = {}) =>
        signedNotification({
          url: shop.urls.notify,
          clientId: CLIENT_ID,
          privateKey: ANTOM_KEYS.privateKey,
          body: paymentResult(payment),
          ...more,
        });
      const without = (headers: Readonly<Record<string, string>>, name: string): Record<string, string> =>
        Object.fromEntries(Object.entries(headers).filter(([key]) => key !== name));

      const cases: Record<string, () => Promise<[Response, number, string]>> = {
        "no signature": async () => {
          const { headers, body } = await signed();
          return [await send(without(headers, "signature"), body), 401, "signature_missing"];
        },
        "an empty signature": async () => {
          const { headers, body } = await signed();
          return [
            await send({ ...headers, signature: "algorithm=RSA256,keyVersion=1,signature=" }, body),
            401,
            "signature_invalid",
          ];
        },
        "algorithm none": async () => {
          const { headers, body } = await signed();
          const signature = (headers["signature"] ?? "").replace("RSA256", "none");
          return [await send({ ...headers, signature }, body), 401, "signature_invalid"];
        },
        "a stranger's signature": async () => {
          const { headers, body } = await signed({ privateKey: STRANGER_KEYS.privateKey });
          return [await send({ ...headers }, body), 401, "signature_invalid"];
        },
        "a signature for another path": async () => {
          const { headers, body } = await signed({ url: "https://shop.example/elsewhere" });
          return [await send({ ...headers }, body), 401, "signature_invalid"];
        },
        "a body changed by one byte": async () => {
          const { headers, body } = await signed();
          return [await send({ ...headers }, body.replace("SUCCESS", "SUCCESs")), 401, "signature_invalid"];
        },
        "another time than was signed": async () => {
          const { headers, body } = await signed();
          return [await send({ ...headers, "request-time": "1" }, body), 401, "signature_invalid"];
        },
        "another client": async () => {
          const { headers, body } = await signed({ clientId: "SANDBOX_OTHER" });
          return [await send({ ...headers }, body), 401, "client_mismatch"];
        },
        "a signed body that is not JSON": async () => {
          const { headers, body } = await signed({ body: "hello" });
          return [await send({ ...headers, "content-type": "text/plain" }, body), 400, "notification_invalid"];
        },
        "a signed body nested ten thousand deep": async () => {
          const { headers, body } = await signed({ body: `${"[".repeat(10_000)}${"]".repeat(10_000)}` });
          return [await send({ ...headers, "content-type": "text/plain" }, body), 400, "notification_invalid"];
        },
        "a result without a payment": async () => {
          const { headers, body } = await signed({
            body: { notifyType: "PAYMENT_RESULT", result: ACKNOWLEDGEMENT.result },
          });
          return [await send({ ...headers }, body), 400, "notification_invalid"];
        },
        "more than 64 kB": async () => {
          const { headers, body } = await signed({ body: { notifyType: "x".repeat(70_000) } });
          return [await send({ ...headers, "content-type": "text/plain" }, body), 413, "body_too_large"];
        },
      };
      for (const [what, attempt] of Object.entries(cases)) {
        it(what, async () => {
          const [response, expectedStatus, code] = await attempt();
          const problem = (await response.json()) as Record<string, unknown>;
          expect(problem).to.include({ code });
          expect(response.status).to.equal(expectedStatus);
          expect(response.headers.get("content-type")).to.match(/^application\/problem\+json/);
          expect(response.headers.get("cache-control")).to.equal("no-store");
          expect(await status()).to.equal("requires_action");
        });
      }
    });

    it("accepts POST alone", async () => {
      for (const method of ["GET", "PUT", "DELETE"]) {
        const response = await fetch(shop.urls.notify, { method });
        expect(response.status).to.equal(405);
        expect(response.headers.get("allow")).to.equal("POST");
      }
    });
  });
}

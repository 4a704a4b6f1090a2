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
import { inProcess, startScriptedAntom, standing, type ScriptedAntom } from "../support/scripted-antom.js";
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
          expect((await shop.notify(bare)).status).to.equal(400);
          const refused = { result: { resultCode: "DO_NOT_HONOR", resultStatus: "F", resultMessage: "" } };
          expect((await shop.notify({ ...bare, ...refused })).status).to.equal(503);
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

      it("refuses what the shop's parser let through, however deep it is nested", async () => {
        const deep = `${"[".repeat(49_000)}${"]".repeat(49_000)}`;
        const response = await shop.notify(`{"paymentRequestId":7,"deep":${deep}}`);
        expect([response.status, (await response.json()) as object]).to.deep.include(400);
        expect(shop.log.filter(({ level }) => level === "error")).to.deep.equal([]);
      });

      it("does not acknowledge while Antom cannot be asked", async () => {
        gateway.on("inquiryPayment", () => "http-500");
        const response = await shop.notify(paymentResult(payment));
        expect(response.status).to.equal(503);
      });

      it("asks Antom nothing, and says nothing of the mount, for a stranger who has not Antom's headers and the client id", async () => {
        const body = JSON.stringify(paymentResult(payment));
        const signature = "algorithm=RSA256,keyVersion=1,signature=AAAA";
        const genuine = { "client-id": CLIENT_ID, "request-time": "2026-01-01T12:00:00+08:00", signature };
        for (const headers of [
          {},
          { ...genuine, "client-id": "SANDBOX_OTHER" },
          { ...genuine, "request-time": "" },
          { ...genuine, signature: "" },
          { ...genuine, signature: "anything" },
        ]) {
          const init = { method: "POST", headers: { "content-type": "application/json", ...headers }, body };
          const response = await fetch(shop.urls.notify, init);
          expect(response.status, JSON.stringify(headers)).to.equal(401);
          expect(await response.json()).to.include({ code: "signature_invalid" });
        }
        expect(gateway.calls.map(({ operation }) => operation)).to.deep.equal(["pay"]);
        expect(shop.log.map(({ fields }) => fields["event"])).not.to.include("notification.body_parsed");
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
      ["an amount with an exponent", { currency: "EUR", value: "1e3" }, "amount_mismatch"],
      ["an amount below nought", { currency: "EUR", value: "-1" }, "amount_mismatch"],
      ["a currency in lower case", { currency: "eur", value: "1999" }, "amount_mismatch"],
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

    it("acknowledges a success of another paymentRequestId, changes nothing but the mark, and tells the shop", async () => {
      await shop.notify(paymentResult(payment, { notifyType: "PAYMENT_PENDING" }));
      const response = await shop.notify(paymentResult(payment, { paymentRequestId: "SOMEBODY-ELSES-1" }));
      expect(response.status).to.equal(200);
      const after = await shop.antom.payments.get(payment.id);
      expect(after.status).to.equal("processing");
      expect(after.conflicts).to.have.length(1);
      expect(after.conflicts[0]).to.include({
        code: "payment_id_mismatch",
        expected: payment.id,
        seen: "SOMEBODY-ELSES-1",
      });
      await shop.recorder.waitFor("payment.conflict");
    });

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
          return [await send(without(headers, "signature"), body), 401, "signature_invalid"];
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
          return [await send({ ...headers }, body), 401, "signature_invalid"];
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

      it("with one and the same answer whatever is wrong, and the reason in the log alone", async () => {
        const own = await signed();
        const other = await signed({ clientId: "SANDBOX_OTHER" });
        const stranger = await signed({ privateKey: STRANGER_KEYS.privateKey });
        const bodies = new Set<string>();
        for (const { headers, body } of [
          { headers: {}, body: own.body },
          { headers: without(own.headers, "signature"), body: own.body },
          { headers: without(own.headers, "request-time"), body: own.body },
          other,
          { headers: without(own.headers, "client-id"), body: own.body },
          stranger,
        ]) {
          const response = await send({ ...headers }, body);
          expect(response.status).to.equal(401);
          bodies.add(await response.text());
        }
        expect([...bodies]).to.have.length(1);
        expect([...bodies].join()).not.to.include(CLIENT_ID);
        const reasons = shop.log.filter(({ fields }) => fields["event"] === "notification.refused");
        expect(reasons.map(({ fields }) => fields["reason"])).to.deep.equal([
          "unsigned",
          "unsigned",
          "unsigned",
          "another_client",
          "another_client",
          "forged",
        ]);
      });
    });

    describe("cries out where Antom signed what cannot be taken in:", () => {
      const dashboardRefund = {
        notifyType: "REFUND_RESULT",
        result: ACKNOWLEDGEMENT.result,
        refundStatus: "SUCCESS",
        refundRequestId: "DASHBOARD-1",
        refundId: "REFUND-1",
        refundAmount: { currency: "EUR", value: "1999" },
      };
      const cardData = { paymentResultInfo: { cardNo: "4111111111111111", cardToken: "ALIPAYsecret==" } };
      for (const [what, body, status, told] of [
        [
          "a refund made on the dashboard that names no payment",
          dashboardRefund,
          400,
          { code: "notification_invalid", refundRequestId: "DASHBOARD-1", refundId: "REFUND-1" },
        ],
        [
          "a payment that is not ours",
          paymentResult({ id: "PAY00000000000000000000000000", amount: {} }, { paymentId: "X", ...cardData }),
          404,
          { code: "payment_not_found", notifyType: "PAYMENT_RESULT", paymentId: "X" },
        ],
        ["a text that is no notification", "hello", 400, { code: "notification_invalid" }],
      ] as const) {
        it(what, async () => {
          const headers = typeof body === "string" ? { "content-type": "text/plain" } : {};
          expect((await shop.notify(body, headers)).status).to.equal(status);
          const lines = shop.log.filter(({ fields }) => fields["event"] === "notification.untaken");
          expect(lines).to.have.length(1);
          expect(lines[0]?.level).to.equal("error");
          expect(lines[0]?.fields).to.include(told);
          expect(JSON.stringify(shop.log)).not.to.match(/41111111|ALIPAYsecret/);
        });
      }

      it("a capture that is ahead of the answer to the pay call, which tells Antom's id; and takes it in when it comes again", async () => {
        let early = {};
        let answered = 0;
        gateway.on("pay", async (call) => {
          const amount = call.body["paymentAmount"] as object;
          early = captureResult({ id: String(call.body["paymentRequestId"]), amount });
          answered = (await shop.notify(early)).status;
          return inProcess(call);
        });
        shop.orders.set("order-2", anOrder("order-2"));
        await shop.checkout("order-2");
        expect(answered).to.equal(404);
        const lines = shop.log.filter(({ fields }) => fields["event"] === "notification.untaken");
        expect(lines.map(({ level }) => level)).to.deep.equal(["error"]);
        expect(lines[0]?.message).to.match(/ahead of the answer that tells the payment's paymentId.*sends it again/);
        expect((await shop.notify(early)).status).to.equal(200);
      });

      it("a success without an amount, or with a null", async () => {
        for (const paymentAmount of [undefined, null]) {
          expect((await shop.notify(paymentResult(payment, { paymentAmount }))).status).to.equal(400);
        }
        expect(await status()).to.equal("requires_action");
        const lines = shop.log.filter(({ fields }) => fields["event"] === "notification.untaken");
        expect(lines.map(({ fields }) => fields["paymentRequestId"])).to.deep.equal([payment.id, payment.id]);
      });

      it("and not for what a stranger sends", async () => {
        const { headers, body } = await signedNotification({
          url: shop.urls.notify,
          clientId: CLIENT_ID,
          privateKey: STRANGER_KEYS.privateKey,
          body: dashboardRefund,
        });
        await fetch(shop.urls.notify, { method: "POST", headers, body });
        expect(shop.log.filter(({ level }) => level === "error")).to.deep.equal([]);
      });
    });

    it("tells the shop of every step of a dispute, however it is named, and of each judgement", async () => {
      const step = (disputeNotificationType: string, more: object = {}) => ({
        paymentRequestId: payment.id,
        paymentId: `ANTOM-${payment.id}`,
        disputeId: "D1",
        disputeNotificationType,
        disputeAmount: { currency: "EUR", value: "500" },
        disputeType: "CHARGEBACK",
        captureId: "C1",
        ...more,
      });
      for (const body of [
        step("DISPUTE_CREATED", { notifyType: "" }),
        step("DEFENSE_SUPPLIED", { notifyType: "DISPUTE_SOMETHING" }),
        step("DISPUTE_JUDGED", { disputeJudgedResult: "VALIDATE_SUCCESS" }),
        step("DISPUTE_JUDGED", { disputeJudgedResult: "VALIDATE_SUCCESS" }),
        step("DISPUTE_JUDGED", {
          disputeJudgedResult: "ACCEPT_BY_MERCHANT",
          disputeJudgedAmount: { currency: "EUR", value: "400" },
        }),
      ]) {
        expect(await (await shop.notify(body)).json()).to.deep.equal(ACKNOWLEDGEMENT);
      }
      await shop.recorder.waitFor("dispute.updated", ({ dispute }) => dispute.judgedResult === "ACCEPT_BY_MERCHANT");
      const told = shop.recorder.events.flatMap((event) => ("dispute" in event ? [event] : []));
      expect(told.map(({ type, dispute }) => [type, dispute.step, dispute.judgedResult])).to.deep.equal([
        ["dispute.opened", "DISPUTE_CREATED", undefined],
        ["dispute.updated", "DEFENSE_SUPPLIED", undefined],
        ["dispute.updated", "DISPUTE_JUDGED", "VALIDATE_SUCCESS"],
        ["dispute.updated", "DISPUTE_JUDGED", "ACCEPT_BY_MERCHANT"],
      ]);
      expect(told[0]?.dispute).to.deep.include({
        type: "CHARGEBACK",
        captureId: "C1",
        disputedAmount: { currency: "EUR", value: "500" },
      });
      expect(told[3]?.dispute).to.deep.include({ judgedAmount: { currency: "EUR", value: "400" } });
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

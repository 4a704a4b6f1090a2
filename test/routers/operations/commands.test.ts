import { expect } from "chai";
import { signedNotification } from "../../../lib/testing.js";
import { ANTOM_KEYS, CLIENT_ID } from "../../support/keys.js";
import { hiddenField, startBackOffice, type BackOffice } from "./back-office.js";

interface Answer {
  readonly payment: {
    readonly status: string;
    readonly capturedAmount: string;
    readonly reviewed?: number;
    readonly operations: readonly { readonly id: string; readonly by?: string; readonly status: string }[];
  };
}

describe("what staff do with a payment", () => {
  let office: BackOffice;

  before(async () => {
    office = await startBackOffice();
  });
  after(() => office.stop());

  const confirmed = async (id: string, query: string): Promise<string> => {
    const page = await office.page(`/${id}/confirm?${query}`);
    const text = await page.text();
    expect(page.status, text).to.equal(200);
    return text;
  };

  it("offers what is possible now, with what is left, and says why the rest is not", async () => {
    const { id } = await office.pay({ amount: { currency: "EUR", value: "3600" } });
    const held = await (await office.page(`/${id}`)).text();
    expect(held).to.match(/id="capture-amount"[^>]*value="36.00"/);
    expect(held).to.contain("Nothing has been captured yet; void it to let the hold go.");
    await office.antom.payments.capture(id, { amount: "2400" });
    const captured = await (await office.page(`/${id}`)).text();
    expect(captured).to.match(/id="capture-amount"[^>]*value="12.00"/);
    expect(captured).to.match(/id="refund-amount"[^>]*value="24.00"/);
    expect(captured).to.contain("It is captured, and cannot be voided any more; refund it.");
  });

  it("offers only the whole amount where the contract knows no partial capture", async () => {
    const strict = await startBackOffice({ contract: {} });
    const { id } = await strict.pay();
    const page = await (await strict.page(`/${id}`)).text();
    expect(page).to.contain("<b>EUR 19.99</b>").and.not.to.contain('id="capture-amount"');
    const confirm = await strict.page(`/${id}/confirm?kind=capture&amount=5.00`);
    expect(confirm.status).to.equal(422);
    expect(await confirm.text()).to.contain("Only all of it, EUR 19.99, can be captured");
    expect(await (await strict.page(`/${id}/confirm?kind=capture`)).text()).to.contain("Capture all EUR 19.99");
    await strict.stop();
  });

  it("asks once more, naming the money, the whole and the card, and moves nothing by asking", async () => {
    const { id } = await office.pay({ orderId: "A-17", amount: { currency: "EUR", value: "3600" } });
    const page = await confirmed(id, "kind=capture&amount=12.00");
    expect(page).to.contain("Capture EUR 12.00 of EUR 36.00 from Visa ...0768?").and.to.contain("A-17");
    expect(await confirmed(id, "kind=void")).to.contain("Let the hold of EUR 36.00 on Visa ...0768 go?");
    expect((await office.antom.payments.get(id)).operations).to.deep.equal([]);
  });

  it("takes amounts only as they are written in the currency, and says how", async () => {
    const euro = await office.pay();
    const won = await office.pay({ amount: { currency: "KRW", value: "12900" } });
    const cases: readonly (readonly [id: string, amount: string, words: string])[] = [
      [euro.id, "12,00", "a point before the decimals"],
      [euro.id, "12.5", "EUR has 2 decimals"],
      [euro.id, "1.999", "EUR has 2 decimals"],
      [euro.id, "-1", "Write the amount in digits"],
      [euro.id, "1e3", "Write the amount in digits"],
      [euro.id, "0.00", "more than nothing"],
      [euro.id, "20.00", "No more than EUR 19.99 can be captured"],
      [won.id, "12900.00", "KRW has no decimals"],
    ];
    for (const [id, amount, words] of cases) {
      const response = await office.page(`/${id}/confirm?kind=capture&amount=${encodeURIComponent(amount)}`);
      expect(response.status, amount).to.equal(422);
      const page = await response.text();
      expect(page, amount).to.contain(words).and.not.to.contain('method="post"');
    }
    expect(await confirmed(won.id, "kind=capture&amount=900")).to.contain("Capture KRW 900 of KRW 12,900");
    expect(await confirmed(euro.id, "kind=capture&amount=7")).to.contain("Capture EUR 7.00 of EUR 19.99");
  });

  it("makes one command of a form that is sent twice at once, and names who sent it", async () => {
    const { id } = await office.pay({ amount: { currency: "EUR", value: "3600" } });
    const page = await confirmed(id, "kind=capture&amount=12.00");
    const fields = { form: hiddenField(page, "capture", "form"), amount: hiddenField(page, "capture", "amount") };
    const sent = await Promise.all([1, 2, 3].map(() => office.send(`/${id}/capture`, fields)));
    const payment = await office.antom.payments.get(id);
    expect(payment.operations.map(({ by, amount }) => [by, amount?.value])).to.deep.equal([["anna", "1200"]]);
    for (const response of sent) {
      expect(response.status).to.equal(303);
      expect(response.headers.get("location")).to.equal(`../${id}?operation=${payment.operations[0]?.id ?? ""}`);
    }
    const told = await (await office.page(`/${id}?operation=${payment.operations[0]?.id ?? ""}`)).text();
    expect(told).to.contain("Capture of EUR 12.00: done");
  });

  const captureForm = async (shop: BackOffice, id: string): Promise<Response> => {
    const page = await (await shop.page(`/${id}/confirm?kind=capture`)).text();
    const fields = { form: hiddenField(page, "capture", "form"), amount: hiddenField(page, "capture", "amount") };
    const sent = await shop.send(`/${id}/capture`, fields);
    expect(sent.status).to.equal(303);
    return shop.page(`/${id}?${sent.headers.get("location")?.split("?")[1] ?? ""}`);
  };

  it("says plainly that it is under way while Antom has not said how it came out, and loads itself again", async () => {
    const shop = await startBackOffice();
    shop.simulator.addFault({ operation: "capture", fault: "garbage", times: 50 });
    shop.simulator.addFault({ operation: "notify", fault: "drop", times: 50 });
    shop.simulator.addFault({ operation: "inquiryPayment", fault: "garbage", times: 50 });
    const { id } = await shop.pay();
    const waiting = await (await captureForm(shop, id)).text();
    expect(waiting).to.contain("Capture of EUR 19.99: under way").and.to.contain('http-equiv="refresh"');
    expect(waiting).to.contain("No answer that can be believed to the capture");
    await shop.stop();
  });

  it("does not let somebody look at a blank page for as long as Antom takes", async () => {
    const shop = await startBackOffice({ gatewayTimeout: 6_000 });
    shop.simulator.addFault({ operation: "capture", fault: "timeout", times: 50 });
    shop.simulator.addFault({ operation: "notify", fault: "drop", times: 50 });
    const { id } = await shop.pay();
    const began = performance.now();
    expect(await (await captureForm(shop, id)).text()).to.contain("Capture of EUR 19.99: under way");
    expect(performance.now() - began).to.be.lessThan(5_000);
    await shop.stop();
  });

  it("tells what Antom refused with what would help", async () => {
    const { id } = await office.pay({ amount: { currency: "EUR", value: "9003" } });
    const told = await (await captureForm(office, id)).text();
    expect(told).to.contain("Capture of EUR 90.03: refused by Antom").and.to.contain("PROCESS_FAIL");
  });

  it("keeps minor units and Idempotency-Keys for scripts", async () => {
    const { id } = await office.pay();
    const post = (body: object): Promise<Response> =>
      office.ask(`/${id}/capture`, {
        method: "POST",
        headers: { "content-type": "application/json", "idempotency-key": "k1" },
        body: JSON.stringify(body),
      });
    for (let times = 0; times < 2; times++) {
      const { payment } = (await (await post({ amount: "500" })).json()) as Answer;
      expect(payment.capturedAmount).to.equal("500");
      expect(payment.operations).to.have.length(1);
    }
    expect((await post({ amount: "600" })).status).to.equal(409);
  });

  it("notes that somebody has looked at the conflicts they saw, and not at those that came in meanwhile", async () => {
    const { id, amount } = await office.pay();
    const tell = async (value: string): Promise<void> => {
      const signed = await signedNotification({
        url: `${office.origin}/payments/notify`,
        clientId: CLIENT_ID,
        privateKey: ANTOM_KEYS.privateKey,
        body: {
          notifyType: "PAYMENT_RESULT",
          result: { resultCode: "SUCCESS", resultStatus: "S", resultMessage: "success" },
          paymentRequestId: id,
          paymentAmount: { ...amount, value },
          paymentTime: "2026-01-01T12:01:01+08:00",
        },
      });
      expect((await fetch(`${office.origin}/payments/notify`, signed)).status).to.equal(200);
    };
    await tell("2999");
    const page = await (await office.page(`/${id}`)).text();
    expect(page).to.contain("Antom told another amount").and.to.contain("expected EUR 19.99, seen EUR 29.99");
    expect(await (await office.page("?attention=conflict")).text()).to.contain(id);
    await tell("3999");
    const fields = { form: hiddenField(page, "review", "form"), count: hiddenField(page, "review", "count") };
    expect((await office.send(`/${id}/review`, fields)).status).to.equal(303);
    expect((await office.antom.payments.get(id)).reviewed).to.equal(1);
    expect(await (await office.page("?attention=conflict")).text()).to.contain(id);
    const { payment } = (await (await office.ask(`/${id}/review`, { method: "POST" })).json()) as Answer;
    expect(payment.reviewed).to.equal(2);
    expect(await (await office.page("?attention=conflict")).text()).not.to.contain(id);
    expect(await (await office.page(`/${id}`)).text()).to.contain("anna has looked at");
  });
});

import { expect } from "chai";
import { createTransport } from "../../../lib/gateway/transport.js";
import { AntomError } from "../../../lib/index.js";
import { signedNotification } from "../../../lib/testing.js";
import { failingStorage } from "../../support/failing-storage.js";
import { ANTOM_KEYS, CLIENT_ID } from "../../support/keys.js";
import { eventually } from "../../support/killable-shop.js";
import { GOOD_CARD } from "../../support/simulated-shop.js";
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

  const voidForm = async (shop: BackOffice, id: string, staff = "anna"): Promise<Record<string, string>> => {
    const page = await (await shop.page(`/${id}/confirm?kind=void`, { staff })).text();
    return { form: hiddenField(page, "void", "form"), held: hiddenField(page, "void", "held") };
  };

  it("does not let a hold go where staff agreed to close what nobody had paid, and says what is held now", async () => {
    // At its own pace, so that the buyer has time to pay.
    const shop = await startBackOffice({ timeScale: 1 });
    const { id } = await shop.pay({}, { method: "hosted", card: undefined });
    const asked = await (await shop.page(`/${id}/confirm?kind=void`)).text();
    expect(asked).to.contain("Close the payment of EUR 19.99, which nobody has paid yet?");
    const agreed = await voidForm(shop, id);
    const cashier = /http[^"]+\/cashier\/[^"&]+/.exec(JSON.stringify((await shop.storage.get(id))?.action))?.[0] ?? "";
    const { cardNo, expiryMonth, expiryYear, cvv } = GOOD_CARD;
    const body = new URLSearchParams({ cardNo, expiryMonth, expiryYear, cvv, cardholderName: "Tom Jay" });
    expect((await fetch(cashier, { method: "POST", redirect: "manual", body })).status).to.equal(303);
    await eventually(async () => (await shop.antom.payments.get(id)).status === "authorized");
    const { held: _held, ...without } = agreed;
    for (const [fields, status, words] of [
      [agreed, 409, "It has been paid meanwhile, and nothing was voided: EUR 19.99 is held."],
      [{ ...agreed, held: "1500" }, 409, "Another amount is held by now, and nothing was voided: EUR 19.99 is held."],
      [without, 403, "This form does not say what its page showed; open the page again."],
    ] as const) {
      const sent = await shop.send(`/${id}/void`, fields);
      expect(sent.status).to.equal(status);
      expect(await sent.text())
        .to.contain(words)
        .and.to.contain(`href="../${id}"`);
    }
    expect(await shop.antom.payments.get(id)).to.deep.include({ status: "authorized", operations: [] });

    const again = await voidForm(shop, id);
    for (let times = 0; times < 2; times++) {
      const sent = await shop.send(`/${id}/void`, again);
      expect([sent.status, sent.headers.get("location")]).to.deep.equal([303, `../${id}?operation=${id}V1`]);
    }
    expect((await shop.antom.payments.get(id)).status).to.equal("voided");
    // It is let go already, whatever was agreed to: nothing is decided anew.
    expect((await shop.send(`/${id}/void`, agreed)).headers.get("location")).to.equal(`../${id}?said=standing`);
    await shop.stop();
  });

  it("asks a script for no more than it has to say of a void", async () => {
    const { id } = await office.pay();
    const refused = await refusal(`/${id}/void`, { held: "1999" });
    expect(refused.problems?.map(({ at }) => at)).to.deep.equal(["/held"]);
    expect((await office.ask(`/${id}/void`, { method: "POST" })).status).to.equal(200);
    expect((await office.antom.payments.get(id)).status).to.equal("voided");
  });

  it("shows whoever asks for a void that is under way how that one stands, and never that it is so already", async () => {
    const shop = await startBackOffice({ worker: false, gatewayTimeout: 1_000 });
    const { id } = await shop.pay();
    const [anna, bert, late] = await Promise.all(["anna", "bert", "bert"].map((staff) => voidForm(shop, id, staff)));
    shop.simulator.addFault({ operation: "cancel", fault: "reset-before", times: 50 });
    const sent = async (fields: Record<string, string> | undefined, staff: string): Promise<string> => {
      const response = await shop.send(`/${id}/void`, fields ?? {}, { staff });
      expect(response.status).to.equal(303);
      return response.headers.get("location")?.slice(`../${id}`.length) ?? "";
    };
    for (const [fields, staff] of [
      [anna, "anna"],
      [bert, "bert"],
    ] as const) {
      const query = await sent(fields, staff);
      expect(query).to.equal(`?operation=${id}V1`);
      const told = await (await shop.page(`/${id}${query}`, { staff })).text();
      expect(told).to.contain("Void: under way").and.not.to.contain("It is so already");
    }
    expect((await shop.antom.payments.get(id)).operations.map(({ by }) => by)).to.deep.equal(["anna"]);
    shop.simulator.clearFaults();
    // By now it is another's again, and done.
    expect(await sent(late, "bert")).to.equal(`?operation=${id}V1`);
    expect((await shop.antom.payments.get(id)).status).to.equal("voided");
    await shop.stop();
  });

  it("does not let the second who asks for a void look at a blank page either", async () => {
    const shop = await startBackOffice({ worker: false, gatewayTimeout: 6_000 });
    const { id } = await shop.pay();
    const [anna, bert] = await Promise.all(["anna", "bert"].map((staff) => voidForm(shop, id, staff)));
    shop.simulator.addFault({ operation: "cancel", fault: "timeout", times: 50 });
    const began = performance.now();
    const sent = await Promise.all([
      shop.send(`/${id}/void`, anna ?? {}),
      shop.send(`/${id}/void`, bert ?? {}, { staff: "bert" }),
    ]);
    expect(performance.now() - began).to.be.lessThan(5_000);
    expect(sent.map(({ headers }) => headers.get("location"))).to.deep.equal(
      Array.from(sent, () => `../${id}?operation=${id}V1`),
    );
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

  it("says that it is under way where the answer cannot be stored, and invites no second try", async () => {
    const own = createTransport();
    const away = new AntomError("storage_unavailable", "the server is away");
    // The second is waited for longer than somebody looks at a blank page.
    for (const after of [0, 2_700]) {
      const failing = failingStorage();
      const shop = await startBackOffice({ storage: failing.storage, transport: failing.heard(own), worker: false });
      const { id } = await shop.pay();
      const page = await (await shop.page(`/${id}/confirm?kind=capture&amount=5.00`)).text();
      const fields = { form: hiddenField(page, "capture", "form"), amount: hiddenField(page, "capture", "amount") };
      failing.failAt("/capture", away, after);
      const sent = await shop.send(`/${id}/capture`, fields);
      expect(sent.status).to.equal(303);
      failing.mend();
      const [capture] = (await shop.antom.payments.get(id)).operations;
      expect(capture).to.include({ kind: "capture", status: "pending" });
      expect(sent.headers.get("location")).to.equal(`../${id}?operation=${capture?.id ?? ""}`);
      await shop.stop();
    }
    const failing = failingStorage();
    const shop = await startBackOffice({ storage: failing.storage, transport: failing.heard(own), worker: false });
    const { id } = await shop.pay();
    failing.failAt("/capture", away);
    const answer = await shop.ask(`/${id}/capture`, { method: "POST" });
    expect(answer.status).to.equal(200);
    expect(((await answer.json()) as Answer).payment.operations.map(({ status }) => status)).to.deep.equal(["pending"]);
    failing.mend();
    await shop.stop();
    own.close();
  });

  interface Refusal {
    readonly code?: string;
    readonly problems?: readonly { readonly at: string; readonly message: string }[];
  }

  const refusal = async (path: string, body: unknown, headers: Record<string, string> = {}): Promise<Refusal> => {
    const response = await office.ask(path, {
      method: "POST",
      headers: { "content-type": "application/json", ...headers },
      body: JSON.stringify(body),
    });
    const text = await response.text();
    expect(response.status, `${path} ${text}`).to.equal(400);
    return JSON.parse(text) as Refusal;
  };

  it("refuses what it would not read, and an amount that is none, rather than take all the money", async () => {
    const { id } = await office.pay();
    const cases: readonly (readonly [kind: string, body: object, at: readonly string[], words: string])[] = [
      ["capture", { amuont: "500" }, ["/amuont"], 'did you mean "amount"?'],
      ["refund", { value: "500", currency: "EUR" }, ["/value", "/currency"], "there are amount and reason"],
      ["refund", { amount: "500", idempotencyKey: "k1" }, ["/idempotencyKey"], "send it as the header Idempotency-Key"],
      ["capture", { amount: "500", "Idempotency-Key": "k1" }, ["/Idempotency-Key"], "as the header Idempotency-Key"],
      ["increase", { amount: "5000", by: "boss" }, ["/by"], "is not a known field"],
      ["void", { constructor: "x" }, ["/constructor"], "is not a known field; here there are amount and"],
      ["capture", { amount: "" }, ["/amount"], "a whole number of minor units"],
      ["refund", { amount: "" }, ["/amount"], "a whole number of minor units"],
      ["capture", { amount: null }, ["/amount"], ""],
      ["capture", { amount: "500", form: 17 }, ["/idempotencyKey"], ""],
      ["void", { amount: "500" }, ["/amount"], "lets all go that is held"],
    ];
    for (const [kind, body, at, words] of cases) {
      const { code, problems = [] } = await refusal(`/${id}/${kind}`, body);
      expect(code).to.equal("request_invalid");
      expect([...new Set(problems.map((problem) => problem.at))], JSON.stringify(body)).to.have.members([...at]);
      expect(problems[0]?.message).to.contain(words);
    }
    await refusal(`/${id}/capture`, { amount: "500" }, { "idempotency-key": "" });
    await refusal(`/${id}/capture?amount=500`, {});
    expect((await office.antom.payments.get(id)).operations).to.deep.equal([]);
  });

  it("takes an amount that was not filled in for all of it from a form alone", async () => {
    const { id } = await office.pay();
    const form = hiddenField(await confirmed(id, "kind=capture&amount=5.00"), "capture", "form");
    expect((await office.send(`/${id}/capture`, { form, amount: "500", sum: "5" })).status).to.equal(400);
    expect((await office.send(`/${id}/capture`, { form, amount: "", reason: "" })).status).to.equal(303);
    expect((await office.antom.payments.get(id)).capturedAmount).to.equal("1999");
  });

  it("refuses what it would not read in every other request that changes something", async () => {
    const { id } = await office.pay();
    for (const [path, body, at] of [
      [`/${id}/inquire`, { amount: "500" }, "/amount"],
      [`/${id}/review`, { cuont: 1 }, "/cuont"],
      [`/${id}/review`, { count: "" }, "/count"],
      [`/events/${id}.1/redeliver`, { after: "now" }, "/after"],
      ["/jobs", { kind: "inquire-all-open", status: "created" }, "/status"],
      ["/jobs/none/stop", { now: true }, "/now"],
    ] as const) {
      expect(
        (await refusal(path, body)).problems?.map((problem) => problem.at),
        path,
      ).to.deep.equal([at]);
    }
    const { jobs } = (await (await office.ask("/jobs")).json()) as { jobs: readonly unknown[] };
    expect(jobs).to.deep.equal([]);
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

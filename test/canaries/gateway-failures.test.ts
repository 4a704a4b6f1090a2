import { expect } from "chai";
import { inspect } from "node:util";
import type { Transport } from "../../lib/index.js";
import { cardOf, numberOf } from "../golden/prose.js";
import { STRANGER_KEYS } from "../support/keys.js";
import {
  inProcess,
  RESULTS,
  standing,
  startScriptedAntom,
  type Answer,
  type ReceivedCall,
  type ScriptedAntom,
} from "../support/scripted-antom.js";
import { CVV, DATE_OF_BIRTH, PIN_DIGITS } from "./canaries.js";
import { openWatchedShop, type WatchedShop } from "./watched-shop.js";

const NUMBER = numberOf("visa");
const CARD = { ...cardOf("visa"), cvv: CVV };
const TOKEN = "ALIPAYcanaryTOKENforFailures/0123456789+abcdefghijkl==";

const answered = (call: ReceivedCall, more: object): Answer => ({ ...inProcess(call), ...more });

/** Whatever a gateway may do wrong, by what it answers a pay call with. */
const FAILURES: Readonly<Record<string, (call: ReceivedCall) => Answer | Promise<Answer>>> = {
  "breaks the connection": () => "hang up",
  "answers with an error of its own": () => "http-500",
  "does not sign": () => "unsigned",
  "does not answer in time": (call) =>
    new Promise((resolve) =>
      setTimeout(() => {
        resolve(inProcess(call));
      }, 1_300),
    ),
  "answers about another payment": (call) => answered(call, { paymentRequestId: "PAYOTHER" }),
  "answers with what has no result": () => ({ something: "else" }),
  "answers with the wrong amount": (call) =>
    answered(call, { result: RESULTS.success, paymentAmount: { currency: "EUR", value: "1" } }),
  "does not know": (call) => answered(call, { result: RESULTS.unknown }),
  declines: (call) => answered(call, { result: RESULTS.declined }),
  "echoes the request in its words": (call) =>
    answered(call, { result: { ...RESULTS.declined, resultMessage: `wrong: ${JSON.stringify(call.body)}` } }),
  "echoes the card in its words": (call) =>
    answered(call, {
      result: { ...RESULTS.declined, resultMessage: `card ${NUMBER} with cvv "${CVV}" is not accepted` },
    }),
  "echoes the card where it tells of the card": (call) =>
    answered(call, {
      result: RESULTS.success,
      paymentResultInfo: {
        cardNo: NUMBER,
        cardBin: NUMBER.slice(0, 8),
        issuerName: `Bank of ${NUMBER}`,
        refusalReasonRaw: `no ${NUMBER}`,
        cardToken: TOKEN,
        cardholderName: "Tom Jay",
        networkTransactionId: "1234",
      },
      cardInfo: { cardNo: NUMBER, cardToken: TOKEN },
      acquirerInfo: {
        acquirerName: "Bank",
        acquirerCardToken: TOKEN,
        acquirerResultMessage: `no ${NUMBER}`,
        acquirerReasonDescription: NUMBER,
      },
      metadata: JSON.stringify(call.body),
      extendInfo: JSON.stringify(call.body),
    }),
  "echoes the card where it sends the buyer": (call) =>
    answered(call, { normalUrl: `https://antom.example/cashier?cardNo=${NUMBER}` }),
};

describe("card data and secrets, whatever the gateway does", () => {
  let antom: ScriptedAntom;
  let shop: WatchedShop;
  beforeEach(async () => {
    antom = await startScriptedAntom();
  });
  afterEach(async () => {
    await shop.stop();
    await antom.stop();
  });

  /** What the card is asked again with, when an answer failed to come. */
  const goOn = async (): Promise<void> => {
    const { items } = await shop.antom.payments.list();
    for (const { id } of items) await shop.antom.payments.inquire(id);
    antom.on("pay", inProcess);
    await shop.checkout({ method: "card", card: CARD });
  };

  for (const [does, answer] of Object.entries(FAILURES)) {
    it(`leave no trace where it ${does}`, async () => {
      shop = await openWatchedShop(antom.url);
      antom.on("pay", answer);
      antom.on("inquiryPayment", (call) => standing(call, "PROCESSING"));
      const seen = await shop.checkout({ method: "card", card: CARD });
      await shop.send(String(seen.body["redirect"]), { headers: { accept: "text/html" } });
      await goOn();
      expect(antom.calls.some(({ body }) => JSON.stringify(body).includes(NUMBER))).to.equal(true);
      // An address Antom signs is the buyer's to be sent to, whatever stands in it.
      const isAddress = does.endsWith("sends the buyer");
      expect(isAddress ? [] : await shop.leaks([NUMBER], [TOKEN])).to.deep.equal([]);
    });
  }

  it("leave no trace where it is not there, or cannot be believed", async () => {
    shop = await openWatchedShop("http://127.0.0.1:9");
    await shop.checkout({ method: "card", card: CARD });
    await goOn();
    expect(await shop.leaks([NUMBER])).to.deep.equal([]);
  });

  it("leave no trace where it signs with a key nobody knows", async () => {
    shop = await openWatchedShop(antom.url, { antomPublicKey: STRANGER_KEYS.publicKey });
    await shop.checkout({ method: "card", card: CARD });
    await goOn();
    expect(await shop.leaks([NUMBER])).to.deep.equal([]);
  });

  it("leave no trace where the way there fails, and shows what it was given", async () => {
    const fails: Transport = (request) =>
      Promise.reject(new Error("the proxy is away", { cause: { request: { url: request.url.href } } }));
    shop = await openWatchedShop(antom.url, { transport: fails });
    await shop.checkout({ method: "card", card: CARD });
    expect(await shop.leaks([NUMBER])).to.deep.equal([]);
  });

  it("leave no trace of Korean holders where it fails", async () => {
    shop = await openWatchedShop(antom.url);
    shop.order = { orderId: "won", description: "Two mugs", amount: { currency: "KRW", value: "30000" } };
    antom.on("pay", () => "hang up");
    const { cvv: _cvv, ...card } = CARD;
    const fields = { method: "card", card: { ...card, dateOfBirth: DATE_OF_BIRTH, cardPasswordDigest: PIN_DIGITS } };
    const seen = await shop.checkout(fields);
    expect(seen.status, inspect(seen.body)).to.equal(200);
    expect(await shop.leaks([NUMBER])).to.deep.equal([]);
  });

  it("leave no trace in inquiries, cancellations and notifications that echo them", async () => {
    shop = await openWatchedShop(antom.url);
    const seen = await shop.checkout({ method: "card", card: CARD, saveCard: true });
    const { id } = seen.body["payment"] as { id: string };
    const told = { cardNo: NUMBER, cardToken: TOKEN, issuerName: NUMBER, refusalReasonRaw: NUMBER };
    const message = `no ${NUMBER} and ${TOKEN}`;
    antom.on("inquiryPayment", (call) =>
      standing(call, "PROCESSING", { paymentResultInfo: told, cardInfo: told, paymentResultMessage: message }),
    );
    antom.on("cancel", () => ({ result: { ...RESULTS.missing, resultMessage: message } }));
    await shop.antom.payments.inquire(id);
    await shop.notify({ notifyType: message, paymentRequestId: id });
    await shop.notify({ notifyType: "PAYMENT_RESULT", result: RESULTS.declined, paymentRequestId: message });
    await shop.send("/notify", { method: "POST", body: JSON.stringify(told) });
    shop.order = { orderId: "order-1", description: "Two mugs", amount: { currency: "EUR", value: "2999" } };
    await shop.checkout({ method: "card", card: CARD });
    await shop.notify({
      notifyType: "PAYMENT_RESULT",
      result: { ...RESULTS.success, resultMessage: message },
      paymentRequestId: id,
      paymentId: `ANTOM-${id}`,
      paymentAmount: { currency: "EUR", value: "1999" },
      paymentTime: "2026-01-01T00:00:00+08:00",
      paymentResultInfo: told,
      cardInfo: told,
    });
    await shop.recorder.waitFor("payment.conflict");
    expect(await shop.leaks([NUMBER], [TOKEN])).to.deep.equal([]);
  });
});

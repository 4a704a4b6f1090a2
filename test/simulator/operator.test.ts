import { parseEnv } from "node:util";
import { expect } from "chai";
import { createSimulator } from "../../lib/simulator.js";
import { field } from "./support/merchant.js";
import { card, pageOf, submit, visit } from "./support/pages.js";
import { openScene, type Scene } from "./support/scene.js";

describe("simulator: what it shows", () => {
  let scene: Scene;
  beforeEach(async () => {
    scene = await openScene();
  });
  afterEach(() => scene.close());

  const at = (path: string) => `${scene.simulator.credentials.gateway}/simulator${path}`;
  const json = async (path: string): Promise<unknown> => JSON.parse((await visit(at(path))).text);
  const postJson = (body: string) =>
    visit(at("/faults"), { method: "POST", headers: { "content-type": "application/json" }, body });

  it("hands out the credentials a shop needs", async () => {
    const simulator = createSimulator();
    await simulator.listen();
    const { clientId, privateKey, antomPublicKey, gateway } = simulator.credentials;
    const shown = await visit(`${gateway}/simulator/credentials`);
    expect(JSON.parse(shown.text)).to.deep.equal({ clientId, privateKey, antomPublicKey, gateway });
    expect(clientId).to.match(/^SANDBOX_5Y/);
    expect(privateKey).to.match(/^[A-Za-z0-9+/]+={0,2}$/);
    await simulator.close();
  });

  it("hands them out as lines of an environment file, which Node reads as they are", async () => {
    const simulator = createSimulator();
    await simulator.listen();
    const { clientId, privateKey, antomPublicKey, gateway } = simulator.credentials;
    const shown = await visit(`${gateway}/simulator/credentials.env`);
    expect(shown.status).to.equal(200);
    expect(parseEnv(shown.text)).to.deep.equal({
      ANTOM_CLIENT_ID: clientId,
      ANTOM_PRIVATE_KEY: privateKey,
      ANTOM_PUBLIC_KEY: antomPublicKey,
      ANTOM_GATEWAY: gateway,
    });
    await simulator.close();
    const { text } = await visit(at("/credentials.env"));
    expect(text).to.contain("# ANTOM_PRIVATE_KEY is the one that this simulator was given.\n");
    expect(text).to.not.contain(scene.simulator.credentials.privateKey);
  });

  it("shows nobody a private key that it was given", async () => {
    const { clientId, antomPublicKey, gateway } = scene.simulator.credentials;
    expect(await json("/credentials")).to.deep.equal({ clientId, antomPublicKey, gateway });
  });

  it("tells the ledger, payments, notifications and requests as JSON", async () => {
    await scene.captured();
    expect(await json("/ledger")).to.deep.equal(JSON.parse(JSON.stringify(scene.simulator.ledger())));
    expect(field(await json("/ledger"), "authorizations", "0")).to.deep.include({
      paymentRequestId: "PAY_1",
      referenceOrderId: "ORDER_1",
      amount: { currency: "EUR", value: "1999" },
      status: "CAPTURED",
    });
    expect(field(await json("/payments"), "payments", "0")).to.include({
      status: "SUCCESS",
      cardNo: "405469******0768",
    });
    expect(field(await json("/notifications"), "notifications", "0", "attempts", "0")).to.include({
      acknowledged: true,
    });
    expect(field(await json("/requests"), "requests", "0")).to.include({
      operation: "pay",
      resultCode: "PAYMENT_IN_PROCESS",
    });
  });

  it("keeps the calls as they came, without card numbers and secrets", async () => {
    const paymentMethodMetaData = { cardNo: "4117347806156383", cvv: "850", expiryMonth: "12", expiryYear: "29" };
    await scene.pay({ paymentMethod: { paymentMethodType: "CARD", paymentMethodMetaData } });
    const [request] = scene.simulator.requests();
    expect(request).to.include({ method: "POST", path: "/ams/sandbox/api/v1/payments/pay", resultCode: "SUCCESS" });
    expect(field(request?.body, "order", "referenceOrderId")).to.equal("ORDER_1");
    expect(field(request?.body, "paymentMethod", "paymentMethodMetaData")).to.deep.equal({
      ...paymentMethodMetaData,
      cardNo: "411734******6383",
      cvv: "***",
    });
    expect(JSON.stringify(await json("/requests"))).not.to.include("4117347806156383");
  });

  it("has a page for people with payments, notifications, attempts and answers", async () => {
    scene.shop.answer = { status: 503, body: "<b>down</b>" };
    await scene.authorize();
    const { status, text, headers } = await visit(at(""));
    expect(status).to.equal(200);
    expect(text).to.include("ORDER_1").and.include("PAYMENT_RESULT").and.include("HTTP 503");
    expect(text).to.include("&lt;b&gt;down&lt;/b&gt;").and.not.include("<b>down");
    expect(text).not.to.match(/<script|\son[a-z]+=|style="/i);
    expect(text).not.to.include(scene.simulator.credentials.privateKey);
    expect(headers.get("content-security-policy")).to.include("default-src 'none'");
  });

  it("takes faults as JSON, lists and clears them", async () => {
    const added = await postJson(JSON.stringify({ operation: "pay", fault: "timeout", times: 2 }));
    expect(added.status).to.equal(201);
    expect(await json("/faults")).to.deep.equal({
      faults: [{ operation: "pay", fault: "timeout", times: 2, delayMs: 3_000 }],
    });
    expect((await visit(at("/faults"), { method: "DELETE" })).status).to.equal(204);
    expect(scene.simulator.faults()).to.be.empty;
  });

  it("answers an illegal fault with 400 and the reason", async () => {
    for (const body of ["{", "[]", "null", '{"operation":"pay","fault":"drop"}', '{"operation":"x"}']) {
      const answer = await postJson(body);
      expect(answer.status, body).to.equal(400);
      expect(field(JSON.parse(answer.text), "error"), body)
        .to.be.a("string")
        .and.not.equal("");
    }
    expect(scene.simulator.faults()).to.be.empty;
  });

  it("takes faults from the page's form, and shows why one cannot be played", async () => {
    const form = { operation: "pay", fault: "delay", times: "3", delayMs: "", resultCode: "" };
    expect(await submit(at("/faults"), form)).to.include({ status: 303, location: at("") });
    expect(scene.simulator.faults()).to.deep.equal([{ operation: "pay", fault: "delay", times: 3, delayMs: 3_000 }]);
    expect((await visit(at(""))).text).to.include("delay, 3 times");
    const wrong = await submit(at("/faults"), { operation: "notify", fault: "timeout" });
    expect(wrong.status).to.equal(400);
    expect(wrong.text).to.include("This fault cannot be played");
    expect(await submit(at("/faults/clear"), {})).to.include({ status: 303, location: at("") });
    expect(scene.simulator.faults()).to.be.empty;
  });

  it("knows its own paths only", async () => {
    expect((await visit(at("/nothing"))).status).to.equal(404);
    expect((await visit(at("/toString"))).status).to.equal(404);
    expect((await visit(at("/brands/EVIL.svg"))).status).to.equal(404);
    expect((await visit(at("/ledger"), { method: "POST" })).status).to.equal(405);
    expect((await visit(new URL("/elsewhere", at("")).href)).status).to.equal(404);
    expect((await visit(new URL("/", at("")).href)).location).to.equal(at(""));
  });

  it("shows the last fifty payments and how many there are", async () => {
    for (let index = 0; index < 51; index += 1) await scene.pay({ paymentRequestId: `PAY_${index}` });
    const { text } = await visit(at(""));
    expect(text).to.include("PAY_50").and.include("The last 50 of 51").and.not.include("<code>PAY_0</code>");
  });

  it("keeps the buyer's card out of what it remembers of the form", async () => {
    await submit(pageOf(await scene.pay()), card({ cardNo: "4111111111111111", cvv: "987" }));
    const everything = (
      await Promise.all(["", "/ledger", "/payments", "/notifications", "/requests"].map((path) => visit(at(path))))
    )
      .map(({ text }) => text)
      .join();
    expect(everything)
      .not.to.include("4111111111111111")
      .and.not.match(/(?<!\w)987(?!\w)/);
  });
});

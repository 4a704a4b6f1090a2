import { expect } from "chai";
import { setTimeout as delay } from "node:timers/promises";
import { TEST_CARDS } from "../../lib/simulator.js";
import { buyerOf, next, typesOf, type Buyer, type CheckoutAnswer, type ToldCard, type ToldOrder } from "./buyer.js";
import { numberOf, withCard, withKoreanCard } from "./cards.js";
import { demoProcess, type DemoProcess } from "./demo-process.js";

describe("the ways to pay in the demo", function () {
  this.timeout(60_000);

  let demo: DemoProcess;
  let buyer: Buyer;

  before(async () => {
    demo = await demoProcess({ isHurried: true });
    await demo.start();
    buyer = buyerOf(demo.shopUrl);
  });

  after(() => demo.remove());

  /** Pays an order with a card that is kept, and waits until it is there. */
  const keep = async (key: string, who: Buyer = buyer): Promise<ToldCard> => {
    const orderId = await who.order();
    await who.payAndFollow(orderId, { ...withCard(key), saveCard: true });
    await who.waitFor(orderId, "paid");
    for (;;) {
      const card = (await who.cards()).find(({ lastFour }) => lastFour === numberOf(key).slice(-4));
      if (card !== undefined) return card;
      await delay(50);
    }
  };

  const problemsOf = async (response: Response): Promise<string[]> =>
    ((await response.json()) as { problems: { at: string }[] }).problems.map(({ at }) => at);

  it("takes a card that is entered in the shop, and tells what the bank said of it", async () => {
    const orderId = await buyer.order();
    const address = { region: "US", address1: "1 Market Street", zipCode: "AVS-N" };
    const fields = withCard("visa", { cvv: "901", billingAddress: address });
    expect(await buyer.payAndFollow(orderId, fields)).to.equal(`${demo.shopUrl}/orders/${orderId}`);
    const { payment } = await buyer.waitFor(orderId, "paid");
    expect(payment?.resultInfo).to.include({ cardBrand: "VISA", lastFour: "0768", issuingCountry: "US" });
    expect(payment?.resultInfo).to.have.property("networkTransactionId");
    expect(payment?.checks).to.deep.include({
      cvv: { code: "D", meaning: "The security digits do not match.", result: "mismatch" },
    });
    const page = await (await fetch(`${demo.shopUrl}/orders/${orderId}`, { headers: { accept: "text/html" } })).text();
    expect(page).to.include("Visa ending in 0768").and.to.include("Neither the street nor the zip code matches.");
    expect(page).not.to.include(numberOf("visa"));
  });

  it("tells a declined buyer in the shop's own words, and the staff in Antom's", async () => {
    const orderId = await buyer.order();
    await buyer.payAndFollow(orderId, withCard("declined-user-balance-not-enough"));
    const { payment } = await buyer.waitFor(orderId, "released");
    expect(payment?.decline).to.include({ code: "USER_BALANCE_NOT_ENOUGH", reason: "funds", otherCard: true });
    const page = await (await fetch(`${demo.shopUrl}/orders/${orderId}`, { headers: { accept: "text/html" } })).text();
    expect(page).to.include("The card could not cover this payment.").and.to.include("Use another card.");
  });

  it("blames no card for what nobody refused it for", async () => {
    const orderId = await buyer.order();
    await buyer.payAndFollow(orderId, withCard("visa-br", { payerEmail: "robin.marsh@example.com" }));
    const { payment } = await buyer.waitFor(orderId, "released");
    expect(payment?.decline).to.include({ code: "PARAM_ILLEGAL", reason: "shop" });
    const page = await (await fetch(`${demo.shopUrl}/orders/${orderId}`, { headers: { accept: "text/html" } })).text();
    expect(page).to.include("The payment did not go through").and.to.include("It is our fault, not yours.");
    expect(page).not.to.include("card was not accepted");
  });

  it("says the same of a stolen card as of any refusal by the bank", async () => {
    const [stolen, refused] = await Promise.all(
      ["declined-stolen-card", "declined-do-not-honor"].map(async (key) => {
        const orderId = await buyer.order();
        await buyer.payAndFollow(orderId, withCard(key));
        await buyer.waitFor(orderId, "released");
        const page = await fetch(`${demo.shopUrl}/orders/${orderId}`, { headers: { accept: "text/html" } });
        return /<div id="standing"[\s\S]*?<div class="halves">/.exec(await page.text())?.[0];
      }),
    );
    expect(stolen).to.include("Your bank did not approve this payment.");
    expect(stolen).to.equal(refused);
  });

  it("asks for 3-D Secure where the order's switch is on, and only there", async () => {
    const asked = await buyer.order();
    const bank = await buyer.payAndFollow(asked, { ...withCard("visa"), is3DSAuthentication: "on" });
    expect(bank).to.match(new RegExp(`^${demo.simulatorUrl}/cashier/`));
    await next(await buyer.answerBank(`${bank}/challenge`, "approve"));
    const order = await buyer.waitFor(asked, "paid");
    expect(order.payment?.checks).to.have.nested.property("threeDS.authentication", "full");
    const page = await (await fetch(`${demo.shopUrl}/orders/${asked}`, { headers: { accept: "text/html" } })).text();
    expect(page).to.include("The buyer was fully authenticated.").and.to.include("The buyer was asked.");
  });

  it("leaves a declined payment declined where the rescue is switched off", async () => {
    const orderId = await buyer.order();
    await buyer.payAndFollow(orderId, { ...withCard("visa-3ds"), enableAuthenticationUpgrade: false });
    const { payment } = await buyer.waitFor(orderId, "released");
    expect(payment).to.include({ failureCode: "AUTHENTICATION_REQUIRED" });
  });

  it("names every switch that is set to nonsense", async () => {
    const switches = { capture: "NOW", is3DSAuthentication: "perhaps", enableAuthenticationUpgrade: 3 };
    const response = await buyer.pay(await buyer.order(), switches);
    expect(response.status).to.equal(400);
    expect(await problemsOf(response)).to.deep.equal([
      "/capture",
      "/is3DSAuthentication",
      "/enableAuthenticationUpgrade",
    ]);
  });

  it("names every field of a card that is wrong, and takes nothing", async () => {
    const orderId = await buyer.order();
    const response = await buyer.pay(orderId, {
      method: "card",
      "card[cardNo]": "4054 6957 2310 0769",
      "card[expiryMonth]": "12",
      "card[expiryYear]": "19",
    });
    expect(response.status).to.equal(422);
    expect(await problemsOf(response)).to.deep.equal(["/card/cardNo", "/card/expiryYear", "/card/cvv"]);
    expect((await buyer.look(orderId)).payment).to.equal(null);
  });

  it("takes the card form as a browser without script sends it", async () => {
    const orderId = await buyer.order();
    const form = new URLSearchParams({
      orderId,
      method: "card",
      "card[cardNo]": "4054 6957 2310 0768",
      "card[expiryMonth]": "12",
      "card[expiryYear]": "2034",
      "card[cvv]": "123",
      "card[cardholderName][firstName]": "Robin",
      "card[cardholderName][lastName]": "Marsh",
      "card[billingAddress][region]": "",
      "card[billingAddress][zipCode]": "",
      "card[cpf]": "",
      cardBrand: "",
      capture: "AUTOMATIC",
    });
    const headers = { accept: "text/html", origin: demo.shopUrl };
    const response = await fetch(`${demo.shopUrl}/payments/checkout`, {
      method: "POST",
      body: form,
      headers,
      redirect: "manual",
    });
    expect(response.status).to.equal(303);
    expect(await next(response.headers.get("location") ?? "")).to.equal(`${demo.shopUrl}/orders/${orderId}`);
    await buyer.waitFor(orderId, "paid");
  });

  for (const currency of ["EUR", "KRW"]) {
    it(`fills the form in with all that each test card needs, in ${currency}`, async () => {
      const sample = await buyer.order(undefined, currency);
      const page = await (await fetch(`${demo.shopUrl}/orders/${sample}`, { headers: { accept: "text/html" } })).text();
      const links = [...page.matchAll(/\?try=([\w-]+)#pay"\s+data-fill="([^"]*)"/g)];
      const offered = TEST_CARDS.filter(({ region }) => currency === "KRW" || region !== "KR");
      expect(links.map(([, key]) => key)).to.have.members(offered.map(({ key }) => key));
      for (const [, key, fill] of links) {
        const fields = JSON.parse((fill ?? "").replaceAll("&quot;", '"')) as object;
        const response = await buyer.pay(await buyer.order(undefined, currency), { method: "card", ...fields });
        expect(response.status, `${key} ${await response.clone().text()}`).to.equal(200);
        const { payment } = (await response.json()) as CheckoutAnswer;
        const group = offered.find((card) => card.key === key)?.group;
        if (group === "declined") expect(payment.status, key).to.be.oneOf(["failed", "created"]);
        if (group === "accepted" || group === "agreement") expect(payment.status, key).to.equal("authorized");
      }
    });
  }

  it("offers and takes instalments in won, and none in euros", async () => {
    const inWon = await buyer.order([{ sku: "beans", quantity: 3 }], "KRW");
    const small = await buyer.order([{ sku: "beans", quantity: 2 }], "KRW");
    const pageOf = async (orderId: string) =>
      (await fetch(`${demo.shopUrl}/orders/${orderId}`, { headers: { accept: "text/html" } })).text();
    expect(await pageOf(inWon))
      .to.include("3 months, 0 % with some cards")
      .and.to.include("6 months, 11.5 % interest");
    expect(await pageOf(small))
      .to.include("3 months, 11.5 % interest")
      .and.not.include("with some cards");
    expect(await pageOf(await buyer.order())).not.to.include("months");
    await buyer.payAndFollow(inWon, { ...withKoreanCard("hyundai"), installments: "3" });
    const { payment } = await buyer.waitFor(inWon, "paid");
    expect(payment?.resultInfo).to.have.nested.property("creditPayPlan.installmentNum", 3);
    expect(await pageOf(inWon)).to.include("3 months");
  });

  it("takes a Korean card with its holder's date of birth and PIN digits", async () => {
    const orderId = await buyer.order(undefined, "KRW");
    await buyer.payAndFollow(orderId, withKoreanCard("hyundai"));
    const { payment } = await buyer.waitFor(orderId, "paid");
    expect(payment?.resultInfo).to.include({ cardBrand: "HYUNDAI", paymentMethodRegion: "KR" });
  });

  it("sends the holder of a Korean card to its company's own page", async () => {
    const orderId = await buyer.order(undefined, "KRW");
    const issuer = await buyer.payAndFollow(orderId, { method: "issuer-authentication", cardBrand: "SAMSUNG" });
    expect(await (await fetch(issuer)).text()).to.include("Pay with SAMSUNG");
    await next(await buyer.answerBank(`${issuer}/issuer`, "approve"));
    const { payment } = await buyer.waitFor(orderId, "paid");
    expect(payment).to.include({ method: "issuer-authentication" });
  });

  it("refuses, with a reason, what cannot be combined", async () => {
    const response = await buyer.pay(await buyer.order(), { method: "issuer-authentication" });
    expect(response.status).to.equal(422);
    expect(await response.json()).to.include({
      code: "combination_refused",
      detail: "Korean cards are paid in KRW only",
    });
  });

  it("keeps a card, pays with it, and forgets it", async () => {
    const card = await keep("mastercard");
    expect(card).to.include({ cardBrand: "MASTERCARD", lastFour: "4622" });
    const orderId = await buyer.order();
    await buyer.payAndFollow(orderId, { method: "stored-card", cardId: card.id });
    expect((await buyer.waitFor(orderId, "paid")).payment).to.include({ method: "stored-card" });

    const url = `${demo.shopUrl}/payments/cards/${card.id}`;
    expect((await fetch(url, { method: "DELETE" })).status).to.equal(204);
    expect((await buyer.cards()).map(({ id }) => id)).not.to.include(card.id);
    const again = await buyer.pay(await buyer.order(), { method: "stored-card", cardId: card.id });
    expect(again.status).to.equal(404);
    expect(await again.json()).to.include({ code: "card_not_found" });
  });

  it("shows nobody else a buyer's cards, and lets nobody else use them", async () => {
    const card = await keep("discover");
    const minji = buyerOf(demo.shopUrl, "demo_buyer=kim-minji");
    expect(await minji.cards()).to.deep.equal([]);
    const paid = await minji.pay(await minji.order(), { method: "stored-card", cardId: card.id });
    expect(paid.status).to.equal(404);
    expect((await minji.charge(card.id, "SCHEDULED")).status).to.equal(404);
    await fetch(`${demo.shopUrl}/cards/${card.id}/forget`, {
      method: "POST",
      headers: { cookie: "demo_buyer=kim-minji" },
    });
    expect((await buyer.cards()).map(({ id }) => id)).to.include(card.id);
  });

  it("charges a kept card with nobody there, on a schedule and off it", async () => {
    const card = await keep("visa");
    for (const recurringType of ["SCHEDULED", "UNSCHEDULED"]) {
      const response = await buyer.charge(card.id, recurringType);
      expect(response.status, await response.clone().text()).to.equal(201);
      const { orderId } = (await response.json()) as ToldOrder;
      const order = await buyer.waitFor(orderId, "paid");
      expect(order.payment).to.include({ method: "stored-card", recurringType });
      expect(typesOf(order)).to.deep.equal(["payment.authorized", "payment.captured"]);
    }
    const odd = await buyer.charge(card.id, "SOMETIMES");
    expect(odd.status).to.equal(400);
    expect(await problemsOf(odd)).to.deep.equal(["/recurringType"]);
  });

  it("undoes a charge for which the bank wants the buyer, and tells the shop", async () => {
    const card = await keep("mit-redirect");
    const { orderId } = (await (await buyer.charge(card.id, "SCHEDULED")).json()) as ToldOrder;
    const order = await buyer.waitFor(orderId, "released");
    expect(order.payment).to.include({ status: "voided", buyerNeeded: true });
    const page = await (await fetch(`${demo.shopUrl}/orders/${orderId}`, { headers: { accept: "text/html" } })).text();
    expect(page).to.include("Your bank wanted to ask you");
  });

  for (const advice of ["03", "21"]) {
    it(`does not charge a card again whose network advised ${advice}`, async () => {
      const card = await keep(`mit-advice-${advice}`);
      const { orderId } = (await (await buyer.charge(card.id, "SCHEDULED")).json()) as ToldOrder;
      const { payment } = await buyer.waitFor(orderId, "released");
      expect(payment?.decline).to.include({ adviceCode: advice, sameCard: false, later: false });
      const again = await buyer.charge(card.id, "UNSCHEDULED");
      expect(again.status).to.equal(409);
      expect(await again.json()).to.include({ code: "card_stopped" });
    });
  }

  it("charges and forgets at the word of the shop's own pages only", async () => {
    const card = await keep("jcb");
    for (const path of [`/cards/${card.id}/charge`, `/cards/${card.id}/forget`, "/buyer"]) {
      const headers = { "sec-fetch-site": "cross-site", "content-type": "application/x-www-form-urlencoded" };
      const response = await fetch(demo.shopUrl + path, { method: "POST", body: "recurringType=SCHEDULED", headers });
      expect(response.status, path).to.equal(403);
    }
    expect((await buyer.cards()).map(({ id }) => id)).to.include(card.id);
  });

  it("switches to another buyer, and goes back to where that was asked and nowhere else", async () => {
    const post = (fields: Record<string, string>): Promise<Response> =>
      fetch(`${demo.shopUrl}/buyer`, { method: "POST", body: new URLSearchParams(fields), redirect: "manual" });
    const switched = await post({ buyer: "kim-minji", back: "/orders/order-1?try=visa" });
    expect([switched.status, switched.headers.get("location")]).to.deep.equal([303, "/orders/order-1?try=visa"]);
    expect(switched.headers.get("set-cookie")).to.match(/^demo_buyer=kim-minji;.*HttpOnly;.*SameSite=Lax/);
    for (const back of ["//evil.example", "/\\evil.example", "https://evil.example/", "javascript:alert(1)"]) {
      expect((await post({ buyer: "robin-marsh", back })).headers.get("location"), back).to.equal("/");
    }
    expect((await post({ buyer: "somebody" })).status).to.equal(400);
    const page = await fetch(`${demo.shopUrl}/cards`, { headers: { cookie: "a=b; demo_buyer=kim-minji" } });
    expect(await page.text()).to.include("<strong>Kim Minji</strong>");
  });
});

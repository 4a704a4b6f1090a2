import { expect } from "chai";
import { buyerOf, next, typesOf, type Buyer, type CheckoutAnswer } from "./buyer.js";
import { demoProcess, type DemoProcess } from "./demo-process.js";

describe("the demo shop", function () {
  this.timeout(30_000);

  let demo: DemoProcess;
  let buyer: Buyer;

  before(async () => {
    demo = await demoProcess();
    await demo.start();
    buyer = buyerOf(demo.shopUrl);
  });

  after(() => demo.remove());

  it("prices an order from its own menu, whatever the browser says", async () => {
    const items = [
      { sku: "cappuccino", quantity: 2, price: "1" },
      { sku: "beans", quantity: 1 },
    ];
    const response = await buyer.send({ items, amount: { currency: "EUR", value: "1" } });
    expect(response.status).to.equal(201);
    expect(await response.json())
      .to.include.keys("orderId")
      .and.deep.include({ amount: { currency: "EUR", value: "2210" } });
    const inWon = await buyer.send({ items, currency: "KRW" });
    expect(await inWon.json()).to.deep.include({ amount: { currency: "KRW", value: "32000" } });
  });

  it("takes the money for an order and tells the shop of every step once", async () => {
    const orderId = await buyer.order();
    expect(await buyer.look(orderId)).to.include({ status: "open", payment: null });
    const back = await buyer.enterCard(orderId, "approve");
    expect(back).to.match(new RegExp(`^${demo.shopUrl}/payments/return/`));
    expect(await next(back)).to.equal(`${demo.shopUrl}/orders/${orderId}`);

    const order = await buyer.waitFor(orderId, "paid");
    expect(typesOf(order)).to.deep.equal(["payment.requires_action", "payment.authorized", "payment.captured"]);
    expect(order.payment).to.deep.include({
      status: "captured",
      amount: { currency: "EUR", value: "760" },
      capturedAmount: "760",
      refundedAmount: "0",
    });
  });

  it("only reserves the order when the shop is to capture later", async () => {
    const orderId = await buyer.order();
    await next(await buyer.enterCard(orderId, "approve", "MANUAL"));
    const order = await buyer.waitFor(orderId, "reserved");
    expect(order.payment).to.include({ status: "authorized", captureMode: "MANUAL", capturedAmount: "0" });
    expect(typesOf(order)).to.deep.equal(["payment.requires_action", "payment.authorized"]);
  });

  it("lets a declined buyer try another card, and one that the bank asks about", async () => {
    const orderId = await buyer.order([{ sku: "mug", quantity: 1 }]);
    expect(await next(await buyer.enterCard(orderId, "do-not-honor"))).to.equal(`${demo.shopUrl}/orders/${orderId}`);
    const declined = await buyer.waitFor(orderId, "released");
    expect(declined.payment).to.include({ status: "failed", failureCode: "DO_NOT_HONOR" });

    const challenge = await buyer.enterCard(orderId, "wants-authentication");
    expect(challenge).to.match(new RegExp(`^${demo.simulatorUrl}/cashier/`));
    await next(await buyer.answerBank(challenge, "approve"));
    const order = await buyer.waitFor(orderId, "paid");
    expect(order.payment?.id).not.to.equal(declined.payment?.id);
    expect(typesOf(order)).to.deep.equal([
      "payment.requires_action",
      "payment.failed",
      "payment.requires_action",
      "payment.authorized",
      "payment.captured",
    ]);
  });

  it("answers a second checkout of an order with the same payment", async () => {
    const orderId = await buyer.order();
    const [first, second] = await Promise.all([buyer.checkout(orderId), buyer.checkout(orderId)]);
    const third = await buyer.checkout(orderId);
    const answer = (await first.json()) as CheckoutAnswer;
    expect(await second.json()).to.deep.equal(answer);
    expect(await third.json()).to.deep.equal(answer);
    expect(answer.payment).to.deep.include({ orderId, status: "requires_action" });
  });

  it("keeps the buyer on the kit's own page while the outcome is not known", async () => {
    const orderId = await buyer.order();
    const challenge = await buyer.enterCard(orderId, "wants-authentication");
    const back = await buyer.answerBank(challenge, "abandon");
    const response = await fetch(back, { redirect: "manual" });
    expect(response.status).to.equal(200);
    expect(await response.text()).to.include(orderId);
  });

  it("refuses a checkout of an order it does not know, and an unknown way to capture", async () => {
    const unknown = await buyer.checkout("order-00000000000000000000");
    expect(unknown.status).to.equal(422);
    expect(await unknown.json()).to.include({ code: "order_refused" });
    const orderId = await buyer.order();
    const odd = await buyer.checkout(orderId, "SOMETIMES");
    expect(odd.status).to.equal(400);
    expect(await odd.json()).to.deep.include({
      problems: [{ at: "/capture", message: "must be AUTOMATIC or MANUAL" }],
    });
  });

  it("lists every hook it received, newest first", async () => {
    const orderId = await buyer.order();
    await buyer.enterCard(orderId, "approve");
    await buyer.waitFor(orderId, "paid");
    const response = await fetch(`${demo.shopUrl}/hooks`, { headers: { accept: "application/json" } });
    const { hooks, total } = (await response.json()) as {
      hooks: { number: number; orderId: string; type: string; attempt: number; paymentId: string }[];
      total: number;
    };
    expect(hooks.filter((hook) => hook.orderId === orderId).map(({ type }) => type)).to.deep.equal([
      "payment.captured",
      "payment.authorized",
      "payment.requires_action",
    ]);
    expect(hooks.map(({ number }) => number)).to.deep.equal(hooks.map((_, index) => total - index));
    const older = await fetch(`${demo.shopUrl}/hooks?before=3`, { headers: { accept: "application/json" } });
    expect(((await older.json()) as { hooks: { number: number }[] }).hooks.map(({ number }) => number)).to.deep.equal([
      2, 1,
    ]);
  });

  it("sends a buyer who ordered by the page's form to the order, and shows the menu again for an empty one", async () => {
    const html = { accept: "text/html" };
    const form = new URLSearchParams({ currency: "USD", cappuccino: "1", beans: "0", mug: "" });
    const placed = await buyer.send(form, html);
    expect(placed.status).to.equal(303);
    const orderId = placed.headers.get("location")?.replace("/orders/", "") ?? "";
    expect((await buyer.look(orderId)).amount).to.deep.equal({ currency: "USD", value: "450" });

    const empty = await buyer.send(new URLSearchParams({ currency: "USD", cappuccino: "0" }), html);
    expect(empty.status).to.equal(400);
    expect(await empty.text()).to.include("Choose at least one thing.");
  });

  it("has a page and a problem document for what it does not have", async () => {
    const page = await fetch(`${demo.shopUrl}/orders/nope`, { headers: { accept: "text/html" } });
    expect(page.status).to.equal(404);
    expect(await page.text()).to.include("There is no such order");
    const problem = await fetch(`${demo.shopUrl}/nope`, { headers: { accept: "application/json" } });
    expect(problem.headers.get("content-type")).to.include("application/problem+json");
    expect(await problem.json()).to.include({ status: 404, title: "There is no such page" });
  });

  const refused: readonly (readonly [string, unknown, readonly string[]])[] = [
    ["no items", {}, ["/items"]],
    ["an empty basket", { items: [] }, ["/items"]],
    ["an unknown product", { items: [{ sku: "tea", quantity: 1 }] }, ["/items/0/sku"]],
    ["a product by the name of something else's", { items: [{ sku: "constructor", quantity: 1 }] }, ["/items/0/sku"]],
    ["a product named twice", { items: Array(2).fill({ sku: "bun", quantity: 1 }) }, ["/items/1/sku"]],
    ["none of something", { items: [{ sku: "bun", quantity: 0 }] }, ["/items/0/quantity"]],
    ["less than none", { items: [{ sku: "bun", quantity: -1 }] }, ["/items/0/quantity"]],
    ["half a bun", { items: [{ sku: "bun", quantity: 1.5 }] }, ["/items/0/quantity"]],
    ["a hundred", { items: [{ sku: "bun", quantity: 100 }] }, ["/items/0/quantity"]],
    ["a number as text", { items: [{ sku: "bun", quantity: "2" }] }, ["/items/0/quantity"]],
    ["a currency it does not take", { items: [{ sku: "bun", quantity: 1 }], currency: "GBP" }, ["/currency"]],
    ["much at once", { items: [{ sku: "tea" }], currency: "?" }, ["/currency", "/items/0/sku", "/items/0/quantity"]],
    ["a list", [], ["/items"]],
    ["something that is not JSON", "{", []],
  ];
  for (const [what, order, fields] of refused) {
    it(`refuses ${what}, and says which field is wrong`, async () => {
      const response = await buyer.send(order);
      expect(response.status).to.equal(400);
      expect(response.headers.get("content-type")).to.include("application/problem+json");
      const { problems } = (await response.json()) as { problems: { at: string; message: string }[] };
      expect(problems.map(({ at }) => at)).to.deep.equal(fields);
    });
  }
});

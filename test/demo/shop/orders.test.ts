import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect } from "chai";
import { readBasket } from "../../../demo/shop/basket.js";
import { openDatabase, type ShopDatabase } from "../../../demo/shop/database.js";
import { createInbox, type Inbox } from "../../../demo/shop/inbox.js";
import { createOrders, type Orders, type ShopOrder } from "../../../demo/shop/orders.js";
import type { PaymentEvent, PaymentView } from "../../../lib/index.js";

describe("the demo shop's records", () => {
  let folder: string;
  let database: ShopDatabase;
  let orders: Orders;
  let inbox: Inbox;
  let order: ShopOrder;

  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), "express-antom-shop-"));
    database = openDatabase(join(folder, "shop.db"));
    orders = createOrders(database);
    inbox = createInbox(database);
    order = orders.place(readBasket({ items: [{ sku: "mug", quantity: 1 }] }));
  });

  afterEach(() => {
    database.close();
    rmSync(folder, { recursive: true, force: true });
  });

  const payment = (id: string, capturedAmount = "0"): PaymentView => ({
    id,
    orderId: order.id,
    amount: order.amount,
    status: "authorized",
    captureMode: "AUTOMATIC",
    method: "hosted",
    version: 1,
    authorizedAmount: order.amount.value,
    capturedAmount,
    refundedAmount: "0",
    operations: [],
    disputes: [],
    conflicts: [],
    unanswered: 0,
    locale: "en",
    createdAt: 1,
    updatedAt: 2,
    expiresAt: 3,
  });

  const event = (id: string, subject: PaymentView): PaymentEvent => ({
    id,
    type: "payment.authorized",
    sequence: 1,
    at: 1000,
    payment: subject,
  });

  const status = () => orders.get(order.id)?.status;

  it("lets an event that comes again change nothing, and still shows that it came", () => {
    const first = event("a.1", payment("a"));
    inbox.receive(first, 1, orders.reserve);
    inbox.receive(event("a.2", payment("a")), 1, orders.release);
    inbox.receive(first, 2, orders.reserve);
    expect(status()).to.equal("released");
    expect(inbox.ofOrder(order.id).map(({ id }) => id)).to.deep.equal(["a.1", "a.2"]);
    const [last] = inbox.page({ limit: 1 });
    expect(last).to.include({ number: 3, id: "a.1", attempt: 2, isRepeat: true });
  });

  it("has not noted an event whose effect failed, so that the next delivery has it", () => {
    const authorized = event("a.1", payment("a"));
    const failing = (): void => {
      orders.reserve(authorized);
      throw new Error("The shelf is stuck.");
    };
    expect(() => {
      inbox.receive(authorized, 1, failing);
    }).to.throw("The shelf is stuck.");
    expect(status()).to.equal("open");
    expect(inbox.count()).to.equal(0);
    inbox.receive(authorized, 2, orders.reserve);
    expect(status()).to.equal("reserved");
    expect(inbox.page({ limit: 9 })).to.have.length(1);
  });

  it("keeps what one payment reserved when another one says late that it failed", () => {
    orders.reserve(event("b.1", payment("b")));
    orders.release(event("a.2", payment("a")));
    expect(status()).to.equal("reserved");
    orders.release(event("b.2", payment("b")));
    expect(status()).to.equal("released");
    orders.reserve(event("c.1", payment("c")));
    expect(status()).to.equal("reserved");
  });

  it("ships once all the money was taken, and does not take that back", () => {
    orders.reserve(event("a.1", payment("a")));
    orders.ship(event("a.2", payment("a", "1799")));
    expect(status()).to.equal("reserved");
    orders.ship(event("a.3", payment("a", "1800")));
    expect(status()).to.equal("paid");
    orders.release(event("b.1", payment("b")));
    orders.reserve(event("c.1", payment("c")));
    expect(status()).to.equal("paid");
  });

  it("lets nobody else have the file meanwhile", () => {
    expect(() => openDatabase(join(folder, "shop.db"))).to.throw("Another demo is using");
  });
});

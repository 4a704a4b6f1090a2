import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect } from "chai";
import { cardOf } from "../../lib/simulator/card/card.js";
import { Lanes } from "../../lib/simulator/notify/lanes.js";
import { RequestLog } from "../../lib/simulator/request-log.js";
import { Book } from "../../lib/simulator/state/book.js";
import { FileJournal } from "../../lib/simulator/state/journal.js";
import type { Notification } from "../../lib/simulator/state/notification.js";
import type { Capture, Payment } from "../../lib/simulator/state/payment.js";
import { ManualClock } from "./support/manual-clock.js";

const DAY = 24 * 60 * 60_000;

const payment = (index: number, status: Payment["status"]): Payment => ({
  paymentId: `ID_${index}`,
  paymentRequestId: `PAY_${index}`,
  secret: `SECRET_${index}`,
  mode: "hosted",
  status,
  code: "PAYMENT_IN_PROCESS",
  amount: { currency: "EUR", value: "1999" },
  referenceOrderId: "ORDER_1",
  orderDescription: "Two mugs",
  authorization: true,
  captureMode: "AUTOMATIC",
  wish: { required: false, upgrade: true, merchantInitiated: false },
  redirectUrl: "https://shop.example/return",
  createdAt: 0,
  expiresAt: 1,
  captures: [],
  refunds: [],
  increases: [],
  disputes: [],
});

/** A hold of 1999 that waits for the merchant's capture. */
const hold = (index: number, holdUntil: number, more: Partial<Payment> = {}): Payment => ({
  ...payment(index, "SUCCESS"),
  captureMode: "MANUAL",
  paidAt: 0,
  holdUntil,
  ...more,
});

const capture = (value: string, status: Capture["status"]): Capture => ({
  captureId: "CAPTURE_1",
  captureRequestId: "CAP_1",
  amount: { currency: "EUR", value },
  automatic: false,
  status,
  code: "SUCCESS",
  at: 0,
});

const notification = (index: number, state: Notification["state"]): Notification => ({
  id: `N${index}`,
  notifyType: "PAYMENT_RESULT",
  paymentId: "ID_1",
  body: "{}",
  createdAt: 0,
  state,
  step: 0,
  attempts: [],
});

describe("simulator: what it keeps is bounded", () => {
  it("drops the oldest finished payment for a new one, never one that goes on", () => {
    const book = new Book(new ManualClock());
    book.commit({ payment: payment(0, "PROCESSING") });
    book.commit({ payment: payment(1, "FAIL") });
    for (let index = 2; index <= 50_000; index += 1) book.commit({ payment: payment(index, "PROCESSING") });
    expect(book.payments()).to.have.length(50_000);
    expect(book.payment("ID_0")).to.exist;
    expect(book.payment("ID_1")).to.be.undefined;
    expect(book.paymentByRequestId("PAY_1")).to.be.undefined;
    expect(book.paymentBySecret("SECRET_1")).to.be.undefined;
    expect(book.hasRoom()).to.be.false;
    book.commit({ payment: payment(2, "CANCELLED") });
    expect(book.hasRoom()).to.be.true;
  });

  it("does not drop a hold that can still be captured", () => {
    const clock = new ManualClock();
    const book = new Book(clock);
    const until = clock.now() + 7 * DAY;
    book.commit({ payment: hold(0, until) });
    book.commit({ payment: payment(1, "FAIL") });
    for (let index = 2; index <= 50_000; index += 1) book.commit({ payment: payment(index, "PROCESSING") });
    expect(book.payment("ID_0")).to.exist;
    expect(book.payment("ID_1")).to.be.undefined;
    const hasRoomWith = (more: Partial<Payment>): boolean => {
      book.commit({ payment: hold(0, until, more) });
      return book.hasRoom();
    };
    expect(hasRoomWith({}), "held").to.be.false;
    expect(hasRoomWith({ captures: [capture("1999", "FAIL")] }), "its capture failed").to.be.false;
    expect(hasRoomWith({ captures: [capture("999", "SUCCESS")] }), "captured in part").to.be.false;
    expect(hasRoomWith({ captures: [capture("1999", "SUCCESS")] }), "captured").to.be.true;
    expect(hasRoomWith({ status: "CANCELLED" }), "voided").to.be.true;
    expect(hasRoomWith({ authorization: false, captures: [capture("1999", "SUCCESS")] }), "no hold").to.be.true;
    expect(hasRoomWith({}), "held again").to.be.false;
    clock.advance(7 * DAY - 1);
    expect(book.hasRoom(), "held to the last").to.be.false;
    clock.advance(1);
    expect(book.hasRoom(), "let go").to.be.true;
    book.commit({ payment: payment(50_001, "PROCESSING") });
    expect(book.payment("ID_0")).to.be.undefined;
  });

  it("drops the oldest stored card for a new one, none for one that is known", () => {
    const book = new Book(new ManualClock());
    const keep = (index: number) => {
      const storedCard = { token: `T${index}`, card: cardOf("4054695723100768"), networkTransactionIds: [] };
      book.commit({ storedCard });
    };
    for (let index = 0; index < 10_000; index += 1) keep(index);
    keep(5_000);
    expect(book.storedCard("T0")).to.exist;
    keep(10_000);
    expect(book.storedCard("T0")).to.be.undefined;
    expect(book.storedCard("T10000")).to.exist;
  });

  it("drops the oldest notification that is done", () => {
    const book = new Book(new ManualClock());
    book.commit({ notifications: [notification(0, "pending"), notification(1, "acknowledged")] });
    for (let index = 2; index <= 50_000; index += 1) book.commit({ notifications: [notification(index, "given-up")] });
    expect(book.notifications()).to.have.length(50_000);
    expect(book.notification("N0")).to.exist;
    expect(book.notification("N1")).to.be.undefined;
  });

  it("shows the last ten thousand requests, fewer when they are long", () => {
    const log = new RequestLog();
    const request = (index: number) => ({
      at: "",
      method: "POST",
      path: `/${index}`,
      operation: "pay",
      headers: {},
      body: undefined,
      resultCode: "SUCCESS",
      fault: undefined,
    });
    for (let index = 0; index <= 10_000; index += 1) log.add(request(index), 10);
    expect(log.list()).to.have.length(10_000);
    expect(log.list()[0]?.path).to.equal("/1");
    for (let index = 0; index < 100; index += 1) log.add(request(index), 1024 * 1024);
    expect(log.list()).to.have.length(64);
  });

  it("does a bounded number of things at once", async () => {
    const lanes = new Lanes(2);
    let running = 0;
    let most = 0;
    const work = async () => {
      running += 1;
      most = Math.max(most, running);
      await new Promise((resolve) => setImmediate(resolve));
      running -= 1;
    };
    await Promise.all(Array.from({ length: 9 }, () => lanes.run(work)));
    expect(most).to.equal(2);
    await lanes.run(work);
  });
});

describe("simulator: its log", () => {
  let folder: string;
  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), "simulator-"));
  });
  afterEach(() => {
    rmSync(folder, { recursive: true, force: true });
  });

  it("keeps every change, in order, however many come at once", async () => {
    const journal = FileJournal.start(folder, []);
    const kept: Promise<void>[] = [];
    for (let index = 0; index < 200; index += 1) {
      journal.append({ payment: payment(index, "PROCESSING") });
      kept.push(
        journal.durable().then(() => {
          expect(readFileSync(join(folder, "journal.jsonl"), "utf8")).to.include(`"ID_${index}"`);
        }),
      );
      if (index % 20 === 0) await new Promise((resolve) => setImmediate(resolve));
    }
    await Promise.all(kept);
    await journal.close();
    expect(FileJournal.read(folder).map((change) => change.payment?.paymentId)).to.deep.equal(
      Array.from({ length: 200 }, (_, index) => `ID_${index}`),
    );
  });

  it("promises nothing more once it is closed", async () => {
    const journal = FileJournal.start(folder, []);
    await journal.close();
    journal.append({ payment: payment(1, "PROCESSING") });
    const failure = await journal.durable().then(
      () => undefined,
      (error: unknown) => error,
    );
    expect(failure).to.have.property("message", "The simulator is closed");
    expect(FileJournal.read(folder)).to.be.empty;
  });
});

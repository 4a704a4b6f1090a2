import { expect } from "chai";
import type { JournalEntry, Operation, PaymentView } from "../../lib/index.js";
import { run } from "../../lib/cli/run.js";
import { eventually } from "../support/killable-shop.js";
import { fakeTerminal } from "./fake-terminal.js";
import { startShopAtWork, type ShopAtWork } from "./shop-at-work.js";

interface Answer {
  readonly payment: PaymentView;
  readonly operation: Operation;
  readonly journal: readonly JournalEntry[];
  readonly payments: readonly PaymentView[];
  readonly next: string;
  readonly error: {
    readonly code: string;
    readonly message: string;
    readonly remedy?: string;
    readonly resultCode?: string;
  };
}

describe("express-antom payments", function () {
  this.timeout(60_000);
  let shop: ShopAtWork;

  before(async () => {
    shop = await startShopAtWork();
  });
  after(() => shop.stop());

  const json = async (...args: readonly string[]): Promise<[number | null, Answer]> => {
    const { status, document } = await shop.json("payments", ...args);
    return [status, document as Answer];
  };

  /** The same without a process of its own, for what another test starts the program for. */
  const said = async (...args: readonly string[]): Promise<[number, Answer]> => {
    const { status, out } = await written("payments", ...args, "--json");
    return [status, JSON.parse(out) as Answer];
  };

  const written = async (...args: readonly string[]): Promise<{ status: number; out: string; err: string }> => {
    const terminal = fakeTerminal(shop.folder);
    const status = await run(args, terminal);
    return { status, ...terminal.written };
  };

  it("captures a part, refunds a part of that, and tells what is not known yet", async () => {
    const id = await shop.authorized();
    const captured = await shop.run("payments", "capture", id, "--amount", "12.50", "--by", "Ann");
    expect(captured.status, captured.err).to.equal(0);
    expect(captured.out)
      .to.match(/^captured +EUR 12\.50$/m)
      .and.match(/capture \S+ of EUR 12\.50: succeeded .* by Ann/);

    const [status, { payment, operation }] = await json(
      "refund",
      id,
      "--minor",
      "250",
      "--currency",
      "EUR",
      "--reason",
      "broken",
    );
    expect(status).to.equal(4);
    expect(operation).to.include({ kind: "refund", status: "pending", reason: "broken" });
    expect(operation.amount).to.deep.equal({ currency: "EUR", value: "250" });
    expect(payment.operations.map(({ id }) => id)).to.include(operation.id);

    // Who carries it through is the shop, not the program that has ended.
    await eventually(async () => (await shop.shop.antom.payments.get(id)).refundedAmount === "250" || undefined);
    expect(shop.simulator.ledger(id).refunds).to.have.lengthOf(1);

    const [, shown] = await json("show", id);
    expect(shown.payment).to.include({ id, status: "captured", capturedAmount: "1250", refundedAmount: "250" });
    expect(shown.journal.flatMap(({ events }) => events)).to.include.members(["payment.captured", "payment.refunded"]);
  });

  it("voids, and says of what was captured that a refund is the way", async () => {
    const [first, second] = [await shop.authorized(), await shop.authorized()];
    await shop.shop.antom.payments.capture(second);
    const [[status, voided], [refusedStatus, { error }]] = await Promise.all([
      json("void", first, "--yes"),
      said("void", second, "--yes"),
    ]);
    expect([status, voided.payment.status]).to.deep.equal([0, "voided"]);
    expect([refusedStatus, error.code, error.remedy]).to.deep.equal([1, "operation_refused", "refund_instead"]);
  });

  it("raises a hold to a new total", async () => {
    const id = await shop.authorized();
    const raisable = async () => (await shop.shop.antom.payments.get(id)).resultInfo?.incrementalAuthorizationAvailable;
    await eventually(raisable);
    const [status, { operation }] = await json("increase", id, "--amount", "25.00");
    expect(status).to.equal(4);
    expect(operation).to.include({ kind: "increase", status: "pending" });
    await eventually(async () => (await shop.shop.antom.payments.get(id)).authorizedAmount === "2500" || undefined);
  });

  it("does the same command once, however often its key is given", async () => {
    const id = await shop.authorized();
    const args = ["capture", id, "--amount", "3.00", "--key", "once"];
    const [[, first], [, second]] = [await said(...args), await said(...args)];
    expect(second.operation.id).to.equal(first.operation.id);
    expect(shop.simulator.ledger(id).captures).to.have.lengthOf(1);
    const [status, { error }] = await said("capture", id, "--amount", "4.00", "--key", "once");
    expect([status, error.code]).to.deep.equal([1, "idempotency_key_reused"]);
  });

  it("ends with 4 where Antom is silent about a command, and with 5 where it is silent about a question", async () => {
    const id = await shop.authorized();
    shop.simulator.addFault({ operation: "capture", fault: "reset-before" });
    const captured = await written("payments", "capture", id);
    expect(captured.status, captured.err).to.equal(4);
    expect(captured.out).to.include("not known yet");
    // The shop may ask meanwhile too.
    shop.simulator.addFault({ operation: "inquiryPayment", fault: "bad-signature", times: 100 });
    const asked = await shop.run("payments", "inquire", id);
    shop.simulator.clearFaults();
    expect(asked.status, asked.out).to.equal(5);
    expect(asked.err).to.include("Antom gave no answer that can be believed");
  });

  it("asks Antom how a payment stands", async () => {
    const id = await shop.authorized();
    const [status, { payment }] = await said("inquire", id);
    expect([status, payment.id, payment.status]).to.deep.equal([0, id, "authorized"]);
  });

  it("says of an order's id how its payments are found", async () => {
    const { payment } = await shop.paid({}, { orderId: "order-shown" });
    for (const command of ["show", "inquire", "capture"]) {
      const { status, err } = await written("payments", command, "order-shown");
      expect([status, command]).to.deep.equal([1, command]);
      expect(err).to.include("npx express-antom payments list --order order-shown");
    }
    const [, { error }] = await said("show", "order-shown");
    expect(error.code).to.equal("payment_not_found");
    expect((await written("payments", "list", "--order", "order-shown")).out).to.include(payment.id);
    expect((await written("payments", "show", "nothing")).err).to.include("there is no payment nothing");
  });

  it("writes the amounts of a refusal as people do", async () => {
    const id = await shop.authorized();
    const { status, err } = await written("payments", "capture", id, "--amount", "99.00");
    expect(status).to.equal(1);
    expect(err).to.include("no more than EUR 19.99 (1999 in minor units) can be captured");
    const [, { error }] = await said("capture", id, "--amount", "99.00");
    expect(error.message).to.include("EUR 1999 (minor units)");
  });

  it("tells nobody the link by which the buyer pays", async () => {
    const { payment } = await shop.paid({}, { orderId: "unpaid" });
    const { id } = payment;
    const link = (await shop.shop.antom.payments.get(id)).action?.url ?? "";
    expect(link).to.contain("/cashier/");
    for (const args of [
      ["show", id],
      ["inquire", id],
      ["list", "--order", "unpaid"],
      ["void", id, "--yes"],
    ]) {
      const { out, err } = await written("payments", ...args, "--json");
      expect(out + err, args[0])
        .to.contain(id)
        .and.not.contain(new URL(link).pathname);
    }
  });

  it("ends with 1 and Antom's own code where Antom refuses", async () => {
    const id = await shop.authorized({ amount: { currency: "EUR", value: "19003" } });
    const [status, { error }] = await said("capture", id);
    expect([status, error.code, error.resultCode]).to.deep.equal([1, "gateway_refused", "PROCESS_FAIL"]);
  });

  it("lists payments page by page, by status, order and any of their names", async () => {
    const id = await shop.authorized({ orderId: "the-one", capture: "MANUAL" });
    const [[, one], [, found], [, none], text] = await Promise.all([
      said("list", "--limit", "1"),
      said("list", "--search", "the-one", "--status", "authorized"),
      said("list", "--order", "the-one", "--status", "failed"),
      shop.run("payments", "list", "--order", "the-one"),
    ]);
    expect(one.payments.map((payment) => payment.id)).to.deep.equal([id]);
    expect(found.payments.map((payment) => payment.id)).to.deep.equal([id]);
    expect(none).to.deep.equal({ payments: [] });
    expect(text.out).to.match(new RegExp(`^${id}  the-one  authorized  EUR 19\\.99`, "m"));
    const [, second] = await said("list", "--limit", "1", "--after", one.next);
    expect(second.payments).to.have.lengthOf(1);
    expect(second.payments[0]?.id).to.not.equal(id);
  });

  it("refuses what cannot be before anything is sent", async () => {
    const id = await shop.authorized();
    const refused = async (...args: readonly string[]): Promise<[number, string]> => {
      const terminal = fakeTerminal(shop.folder);
      const status = await run(["payments", ...args], terminal);
      expect(terminal.written.out).to.equal("");
      return [status, terminal.written.err];
    };
    for (const [args, status, words] of [
      [["capture", id, "--amount", "5.0"], 2, "EUR has 2 decimals"],
      [["capture", id, "--amount", "five"], 2, "is not an amount"],
      [["capture", id, "--minor", "5.00"], 2, "is not a number of minor units"],
      [["capture", id, "--amount", "5.00", "--minor", "500"], 2, "not both"],
      [["capture", id, "--currency", "EUR"], 2, "--currency goes with"],
      [["capture", id, "--amount", "5.00", "--currency", "eur"], 2, "ISO 4217"],
      [["capture", id, "--amount", "5.00", "--currency", "USD"], 1, "the payment is in EUR, not in USD"],
      [["capture", id, "--amount", "20.00"], 1, "no more than EUR 19.99 (1999 in minor units)"],
      [["capture", id, "--by", "x".repeat(200)], 2, "/by"],
      [["increase", id], 2, "needs the new total"],
      [["show", "PAY0"], 1, "there is no payment PAY0"],
      [["list", "--status", "authorised"], 2, "did you mean authorized?"],
      [["list", "--limit", "501"], 2, "is not a number from 1 to 500"],
      [["list", "--after", "nowhere"], 2, "Hand back the `next`"],
    ] as const) {
      const [code, err] = await refused(...args);
      expect([code, args.join(" ")]).to.deep.equal([status, args.join(" ")]);
      expect(err, args.join(" ")).to.include(words);
    }
    expect(shop.simulator.ledger(id).captures).to.deep.equal([]);
  });

  it("asks whoever is there first, naming the money, unless told not to", async () => {
    const id = await shop.authorized();
    const terminal = fakeTerminal(shop.folder, true);
    const capture = ["payments", "capture", id, "--amount", "2.00"];
    expect(await run(capture, terminal)).to.equal(1);
    expect(terminal.questions[0]).to.match(
      /^Capture EUR 2\.00 of payment .+ \(order .+\), of which EUR 19\.99 is left to capture\?/,
    );
    expect(terminal.written.err).to.include("Nothing was done.");
    terminal.answer = "n";
    expect(await run(["payments", "void", id], terminal)).to.equal(1);
    expect(terminal.questions[1]).to.match(/^Void payment .+ of EUR 19\.99 \(EUR 19\.99 is held\)\?/);
    expect(shop.simulator.ledger(id).captures).to.deep.equal([]);
    terminal.answer = "y";
    expect(await run(capture, terminal)).to.equal(0);
    expect(await run([...capture, "--yes"], terminal)).to.equal(0);
    expect(terminal.questions).to.have.lengthOf(3);
    expect(shop.simulator.ledger(id).captures).to.have.lengthOf(2);
  });

  it("asks with what is left: of the hold what was not captured, of what was captured what is not refunded", async () => {
    const id = await shop.authorized();
    const { payments } = shop.shop.antom;
    const terminal = fakeTerminal(shop.folder, true);
    const asked = async (...args: readonly string[]): Promise<string> => {
      expect(await run(["payments", ...args], terminal)).to.equal(1);
      return terminal.questions.at(-1)?.replace(/payment \S+ \(order [^)]+\)/, "P") ?? "";
    };
    expect(await asked("capture", id)).to.equal("Capture all that is left, EUR 19.99, of P? [y/N] ");
    expect(await asked("refund", id)).to.equal("Refund all that is left, EUR 0.00, of P? [y/N] ");
    await payments.capture(id, { amount: "1000" });
    expect(await asked("capture", id)).to.equal("Capture all that is left, EUR 9.99, of P? [y/N] ");
    expect(await asked("capture", id, "--amount", "2.00")).to.equal(
      "Capture EUR 2.00 of P, of which EUR 9.99 is left to capture? [y/N] ",
    );
    await payments.refund(id, { amount: "300" });
    expect(await asked("refund", id)).to.equal("Refund all that is left, EUR 7.00, of P? [y/N] ");
    expect(await asked("refund", id, "--minor", "50")).to.equal(
      "Refund EUR 0.50 of P, of which EUR 7.00 is left to refund? [y/N] ",
    );
  });

  it("are served by a configuration that exports what createAntom made, and what needs the options is not", async () => {
    const id = await shop.authorized();
    const antom = new URL("../../lib/index.ts", `file://${__filename}`).href;
    shop.write(
      "made.mjs",
      `import options from "./antom.config.mjs"; import { createAntom } from "${antom}";\n` +
        "export default createAntom({ ...options, worker: false, logger: false });\n",
    );
    const shown = await shop.json("payments", "show", id, "--config", "made.mjs");
    expect([shown.status, (shown.document as Answer).payment.id]).to.deep.equal([0, id]);
    for (const command of [
      ["hooks", "list"],
      ["payments", "inquire", id],
    ]) {
      const { status, document } = await shop.json(...command, "--config", "made.mjs");
      const { error } = document as Answer;
      expect([status, error.code], error.message).to.deep.equal([3, "not_configured"]);
      expect(error.message).to.include("let the configuration export the options");
    }
  });
});

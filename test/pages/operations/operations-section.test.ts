import { expect } from "chai";
import { operationNotice } from "../../../lib/pages/operations/operation-notice.js";
import { operationsSection } from "../../../lib/pages/operations/operations-section.js";
import { factWords } from "../../../lib/pages/operations/fact-words.js";
import { askers } from "../../../lib/pages/operations/asker.js";
import type { JournalEntry } from "../../../lib/payment/journal.js";
import type { Operation } from "../../../lib/payment/operation.js";
import { after, newPayment } from "../../payment/a-payment.js";
import { ACTION, CLOSING, requested, SUCCESS, told, UNNEEDED } from "../../payment/facts.js";

describe("the operations of a payment, on its page", () => {
  const shown = (...facts: Parameters<typeof after>[1][]): string =>
    String(operationsSection(after(newPayment(), ACTION, ...facts), new Map()));

  it("say of a void of the kit's own that it was not needed, and not that it was refused", () => {
    expect(shown(CLOSING)).to.include("Under way");
    const unneeded = shown(CLOSING, SUCCESS, UNNEEDED);
    expect(unneeded).to.include("Not needed");
    expect(unneeded).not.to.include("Refused");
  });

  it("say of one that Antom refused why it did", () => {
    const refused = shown(CLOSING, told("void", undefined, { outcome: "failed", code: "PROCESS_FAIL" }));
    expect(refused).to.include("Refused").and.to.include("PROCESS_FAIL").and.not.to.include("Not needed");
  });

  it("say of a capture that Antom made by itself, and refused, that the payment is to be voided, here and in the history", () => {
    const fact = told("capture", "10000", { outcome: "failed", code: "USER_AMOUNT_EXCEED_LIMIT" });
    const page = (captureMode: "AUTOMATIC" | "MANUAL") =>
      String(operationsSection(after(newPayment(captureMode), SUCCESS, fact), new Map()));
    const untouched = { captureMode: "AUTOMATIC", capturedAmount: "0" } as const;
    expect(page("AUTOMATIC")).to.include("void it, so that the buyer can pay anew").and.not.to.include("capture less");
    expect(page("MANUAL")).to.include("Void it").and.to.include("capture less");
    expect(factWords(fact, untouched).detail).to.include("void it").and.not.to.include("capture less");
    expect(factWords(fact).detail).to.include("Void it").and.to.include("capture less");
  });

  it("say of a capture that was refused while another part is captured that the rest needs an order of its own", () => {
    const payment = after(
      newPayment("MANUAL"),
      SUCCESS,
      told("capture", "4000"),
      told("capture", "6000", { nth: 2, outcome: "failed", code: "USER_BALANCE_NOT_ENOUGH" }),
    );
    const [, second] = payment.operations;
    if (second === undefined) throw new Error("there is no second capture");
    for (const page of [operationsSection(payment, new Map()), operationNotice(second, payment, "/admin")]) {
      expect(String(page))
        .to.include("by an order of its own")
        .and.not.to.match(/void it/i);
    }
  });

  it("name who asked: staff, the shop's own code, the kit, or who it was where nothing was asked here", () => {
    const begun = after(newPayment("MANUAL"), SUCCESS);
    const operation = (id: string, more: Partial<Operation> = {}): Operation => ({
      id,
      kind: "capture",
      status: "succeeded",
      requestedAt: 1,
      ...more,
    });
    const [byAnna, byShop, byKit] = ["C1", "C2", "R1"].map((end) => begun.id + end) as [string, string, string];
    const payment = {
      ...begun,
      operations: [
        operation(byAnna, { by: "anna" }),
        operation(byShop),
        operation(byKit, { kind: "refund" }),
        operation("D1"),
      ],
    };
    const entry = (wanted: Operation): JournalEntry => ({
      payment: begun.id,
      version: 2,
      at: 1,
      observation: { source: "command", at: 1, facts: [{ kind: "requested", operation: wanted }] },
      status: "authorized",
      events: [],
    });
    const journal = payment.operations.filter(({ id }) => id === byAnna || id === byShop).map(entry);
    const known = askers(payment, journal);
    expect([...known]).to.deep.equal([
      [byAnna, "anna"],
      [byShop, "the shop"],
      [byKit, "the kit"],
    ]);
    const rows = String(operationsSection(payment, known)).split("<tr ").slice(2).reverse();
    const who = /anna|the shop|the kit|Antom or its dashboard/;
    expect(rows.map((row) => who.exec(row)?.[0])).to.deep.equal([
      "anna",
      "the shop",
      "the kit",
      "Antom or its dashboard",
    ]);
    const automatic = String(operationsSection({ ...payment, captureMode: "AUTOMATIC" }, known));
    expect(automatic)
      .to.match(/>\s*Antom\s*</)
      .and.not.to.include("or its dashboard");
  });

  it("are told of in the history: who asked for a void and why, and that it is not needed", () => {
    expect(factWords(CLOSING)).to.include({ title: "The kit asks for: void", detail: "Nobody had paid in time." });
    expect(factWords(requested("void")).detail).to.be.undefined;
    expect(factWords(requested("void"), undefined, "authorized").title).to.equal("The shop asks for: void");
    // The kit's own, as the order had changed, looks the same.
    expect(factWords(requested("void"), undefined, "requires_action").title).to.equal(
      "The shop or the kit asks for: void",
    );
    expect(factWords(requested("refund", "500"), undefined, "captured").title).to.match(/^The shop asks for: refund/);
    expect(factWords(UNNEEDED).title).to.match(/not needed/);
  });

  it("are told of in the history without a word on what a told amount of an increase is, which Antom does not say", () => {
    expect(factWords(told("increase", "3000")).title).to.equal("Increase of the hold (EUR 30.00): done");
    expect(factWords(told("refund", "3000")).title).to.match(/ of EUR 30.00: done$/);
  });

  it("are told of in the history also where a later version wrote down what this one does not know", () => {
    const later = JSON.parse('{"kind":"of a later version"}') as Parameters<typeof factWords>[0];
    expect(factWords(later).title).to.match(/later version/);
  });
});

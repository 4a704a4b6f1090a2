import { expect } from "chai";
import { operationsSection } from "../../../lib/pages/operations/operations-section.js";
import { factWords } from "../../../lib/pages/operations/fact-words.js";
import { after, newPayment } from "../../payment/a-payment.js";
import { ACTION, CLOSING, requested, SUCCESS, told, UNNEEDED } from "../../payment/facts.js";

describe("the operations of a payment, on its page", () => {
  const shown = (...facts: Parameters<typeof after>[1][]): string =>
    String(operationsSection(after(newPayment(), ACTION, ...facts).operations));

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

  it("are told of in the history: who asked for a void and why, and that it is not needed", () => {
    expect(factWords(CLOSING)).to.include({ title: "The kit asks for: void", detail: "Nobody had paid in time." });
    expect(factWords(requested("void")).detail).to.be.undefined;
    expect(factWords(UNNEEDED).title).to.match(/not needed/);
  });

  it("are told of in the history also where a later version wrote down what this one does not know", () => {
    const later = JSON.parse('{"kind":"of a later version"}') as Parameters<typeof factWords>[0];
    expect(factWords(later).title).to.match(/later version/);
  });
});

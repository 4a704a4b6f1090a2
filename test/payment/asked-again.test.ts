import { expect } from "chai";
import { factWords } from "../../lib/pages/operations/fact-words.js";
import type { AskedAgainFact } from "../../lib/payment/observation.js";
import type { Operation } from "../../lib/payment/operation.js";
import { after, newPayment, step } from "./a-payment.js";
import { requested, SUCCESS, told } from "./facts.js";

describe("an operation that is asked for again while it is in doubt", () => {
  const { operation: refund } = requested("refund", "500");
  const inDoubt = after(
    newPayment(),
    SUCCESS,
    told("capture", "10000"),
    requested("refund", "500"),
    told("refund", "500", { outcome: "failed", code: "SYSTEM_ERROR" }),
  );
  const again = (more: Partial<AskedAgainFact> = {}): AskedAgainFact => ({
    kind: "asked_again",
    of: "refund",
    operation: refund.id,
    ...more,
  });
  const remembered = (...facts: Parameters<typeof after>[1][]): Operation["askedAgain"] =>
    after(inDoubt, ...facts).operations.find(({ id }) => id === refund.id)?.askedAgain;

  it("remembers the first sixteen keys, each once, and whether somebody had none", () => {
    const keys = Array.from({ length: 20 }, (_, nth) => `key ${nth}`);
    expect(remembered(...[...keys, ...keys].map((key) => again({ key })))).to.deep.equal({ keys: keys.slice(0, 16) });
    expect(remembered(again(), again({ key: "one" }))).to.deep.equal({ keys: ["one"], plainly: true });
    expect(remembered(again({ key: "one" }), again(), again({ answered: true }))).to.deep.equal({ keys: ["one"] });
    expect(remembered(again(), again({ answered: true }))).to.be.undefined;
  });

  it("keeps them when its outcome comes", () => {
    expect(remembered(again({ key: "one" }), told("refund", "500"))).to.deep.equal({ keys: ["one"] });
  });

  it("changes nothing else by that: no money, no event, and nothing that is to be done", () => {
    const next = step(inDoubt, again({ key: "one" }), { source: "command" });
    expect(next).to.include.keys("payment").and.to.deep.include({ events: [], tasks: [] });
    const { operations, version, updatedAt, ...rest } = next?.payment ?? inDoubt;
    const { operations: _operations, version: known, updatedAt: _updatedAt, ...before } = inDoubt;
    expect(rest).to.deep.equal(before);
    expect(version).to.equal(known + 1);
    expect(updatedAt).to.be.a("number");
    expect(operations.map(({ status }) => status)).to.deep.equal(inDoubt.operations.map(({ status }) => status));
    expect(step(after(inDoubt, again({ key: "one" })), again({ key: "one" }))).to.be.undefined;
  });

  it("is told of in the history", () => {
    expect(factWords(again())).to.include({
      title: "The same refund is asked for again while it is in doubt: no other is sent",
      detail: refund.id,
    });
    expect(factWords(again({ answered: true })).title).to.match(/has had an answer$/);
  });
});

import { expect } from "chai";
import type { OperationKind } from "../../lib/payment/operation.js";
import type { Payment } from "../../lib/payment/payment.js";
import { permitted, type Command } from "../../lib/payment/permit.js";
import { after, newPayment } from "./a-payment.js";
import { SUCCESS, told } from "./facts.js";
import { NOW, OFTEN, words } from "./permit-rows.js";

const IDR = (value: string) => ({ currency: "IDR", value });

/** Held rupiah of a card whose hold can be raised. */
const held = (value: string): Payment =>
  after(
    { ...newPayment("MANUAL"), amount: IDR(value) },
    { ...SUCCESS, amount: IDR(value), resultInfo: { incrementalAuthorizationAvailable: true } },
  );
const captured = (value: string): Payment => after(held(value), { ...told("capture"), amount: IDR(value) });

const answer = (payment: Payment, kind: OperationKind, value?: string): string => {
  const command: Command = { kind, ...(value === undefined ? {} : { amount: IDR(value) }) };
  const permit = permitted(payment, command, NOW, OFTEN);
  if ("refusal" in permit) return `${words(permit.refusal)}: ${permit.refusal.message}`;
  return permit.operation?.amount?.value ?? "nothing";
};

/** Antom: "Currency and amount" (core.md 2.8): the last two digits of an amount in IDR are 00. */
describe("permitted: rupiah", () => {
  it("are moved whole", () => {
    expect(answer(held("1500000"), "capture")).to.equal("1500000");
    expect(answer(held("1500000"), "capture", "100")).to.equal("100");
    expect(answer(captured("1500000"), "refund", "20000")).to.equal("20000");
    expect(answer(held("1500000"), "increase", "1500100")).to.equal("1500100");
  });

  it("are not moved in parts of one, which Antom would refuse", () => {
    for (const [payment, kind, value] of [
      [held("1500000"), "capture", "150"],
      [captured("1500000"), "refund", "150"],
      [held("1500000"), "increase", "1500001"],
    ] as const) {
      expect(answer(payment, kind, value), kind).to.match(
        new RegExp(`^amount_refused: IDR ${value} \\(minor units\\) is not possible: Antom takes whole rupiah only`),
      );
    }
  });

  it("of a payment that was opened for other than whole ones are moved all the same: all that is left must be possible", () => {
    expect(answer(held("12345"), "capture")).to.equal("12345");
    expect(answer(held("12345"), "capture", "12345")).to.equal("12345");
    expect(answer(captured("12345"), "refund")).to.equal("12345");
    expect(answer(captured("12345"), "refund", "12345")).to.equal("12345");
  });
});

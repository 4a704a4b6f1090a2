import { expect } from "chai";
import type { Payment } from "../../../lib/payment/payment.js";
import { possibleOperations } from "../../../lib/routers/operations/possible-operations.js";
import { after, newPayment } from "../../payment/a-payment.js";
import { SUCCESS, told } from "../../payment/facts.js";
import { NOW, OFTEN, superseded } from "../../payment/permit-rows.js";

const move = (payment: Payment, wanted: string) =>
  possibleOperations(payment, NOW, OFTEN).find(({ kind }) => kind === wanted);

describe("what staff are offered", () => {
  it("is a void of a payment that another one took the place of, once Antom has refused the kit's", () => {
    expect(move(superseded(), "void")).to.have.property("pending");
    const refused = superseded(told("void", undefined, { outcome: "failed", code: "ACCESS_DENIED" }));
    expect(move(refused, "void")).to.deep.equal({ kind: "void", isFree: true });
    expect(move(refused, "capture")).to.include({
      refusal: "Another payment of the order took its place, and Antom has not let go of it; void it.",
    });
  });

  it("is to raise a hold of rupiah, which goes up by whole ones", () => {
    const amount = { currency: "IDR", value: "1500000" };
    const held = after(
      { ...newPayment("MANUAL"), amount },
      { ...SUCCESS, amount, resultInfo: { incrementalAuthorizationAvailable: true } },
    );
    expect(move(held, "increase")).to.deep.equal({ kind: "increase", isFree: true, amount: "1500000" });
  });
});

import { expect } from "chai";
import { acquired } from "../../lib/payment/acquirer-info.js";
import { after, newPayment } from "./a-payment.js";
import { DECLINED, requested, SUCCESS, told } from "./facts.js";

describe("what is told of the acquirer", () => {
  it("fills the gaps of what is known", () => {
    expect(acquired(undefined, {})).to.deep.equal({});
    expect(
      acquired(
        { acquirerInfo: { acquirerName: "First" }, acquirerReferenceNo: "ARN-1" },
        { acquirerInfo: { acquirerName: "Second", acquirerMerchantId: "M" }, acquirerReferenceNo: "ARN-2" },
      ),
    ).to.deep.equal({ acquirerInfo: { acquirerName: "First", acquirerMerchantId: "M" }, acquirerReferenceNo: "ARN-1" });
  });

  it("is kept on the payment, of a refusal too", () => {
    const info = { acquirerInfo: { acquirerName: "First Bank" }, acquirerReferenceNo: "ARN-1" };
    expect(after(newPayment(), { ...SUCCESS, ...info })).to.deep.include(info);
    expect(after(newPayment(), { ...DECLINED, ...info })).to.deep.include(info);
  });

  it("is kept on the operation it belongs to, and not on the payment", () => {
    const info = { acquirerInfo: { acquirerName: "First Bank" }, acquirerReferenceNo: "ARN-1" };
    const first = after(newPayment(), SUCCESS, requested("capture", "10000"), told("capture", "10000", info));
    expect(first.operations[0]).to.deep.include({ status: "succeeded", ...info });
    expect(first).to.not.have.any.keys("acquirerInfo", "acquirerReferenceNo");
    // Told again, by an inquiry that says less, and by one that says more.
    expect(after(first, told("capture", "10000"))).to.deep.equal(first);
    const more = after(first, told("capture", "10000", { acquirerInfo: { acquirerMerchantId: "M" } }));
    expect(more.operations[0]?.acquirerInfo).to.deep.equal({ acquirerName: "First Bank", acquirerMerchantId: "M" });
  });

  it("comes with what was really given back, and with what a capture tells of the card", () => {
    const actualAmount = { currency: "USD", value: "10800" };
    const payment = after(
      newPayment(),
      SUCCESS,
      told("capture", "10000", { resultInfo: { cardBrand: "VISA" } }),
      told("refund", "10000", { actualAmount }),
    );
    expect(payment.resultInfo).to.deep.equal({ cardBrand: "VISA" });
    expect(payment.operations.find(({ kind }) => kind === "refund")?.actualAmount).to.deep.equal(actualAmount);
  });
});

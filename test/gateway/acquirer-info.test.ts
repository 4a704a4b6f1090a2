import { expect } from "chai";
import { readAcquired } from "../../lib/gateway/acquirer-info.js";

const WHOLE = {
  acquirerName: "First Bank",
  referenceRequestId: "R-1",
  acquirerTransactionId: "4111111111111111",
  acquirerMerchantId: "M-1",
  acquirerMerchantName: "The shop",
  acquirerResultCode: "00",
  acquirerResultMessage: "Approved",
  acquirerReasonDescription: "None",
  ptspTransactionId: "P-1",
};

describe("readAcquired", () => {
  it("reads every member but the acquirer's own card token", () => {
    const acquirerInfo = { ...WHOLE, acquirerCardToken: "TOKEN", somethingNew: "x" };
    expect(readAcquired({ acquirerInfo, acquirerReferenceNo: "ARN-1" })).to.deep.equal({
      acquirerInfo: WHOLE,
      acquirerReferenceNo: "ARN-1",
    });
  });

  it("fills the gaps from the one inside paymentResultInfo", () => {
    expect(
      readAcquired(
        { acquirerInfo: { acquirerName: "First Bank" } },
        { acquirerInfo: { acquirerName: "Other", acquirerMerchantId: "M-1", acquirerCardToken: "TOKEN" } },
      ),
    ).to.deep.equal({ acquirerInfo: { acquirerName: "First Bank", acquirerMerchantId: "M-1" } });
  });

  it("cuts down a card number in the acquirer's own words", () => {
    const read = readAcquired({
      acquirerInfo: {
        acquirerResultMessage: "4111 1111 1111 1111",
        acquirerReasonDescription: "no 4111-1111-1111-1111",
      },
    });
    expect(read.acquirerInfo).to.deep.equal({
      acquirerResultMessage: "411111******1111",
      acquirerReasonDescription: "no 411111******1111",
    });
  });

  it("leaves out what is empty, odd or too long, and says nothing where nothing is told", () => {
    const acquirerInfo = { acquirerName: "", acquirerMerchantId: {}, acquirerResultCode: "x".repeat(65) };
    expect(readAcquired({ acquirerInfo, acquirerReferenceNo: "" })).to.deep.equal({});
    for (const odd of [null, "First Bank", 7, [], true]) {
      expect(readAcquired({ acquirerInfo: odd, acquirerReferenceNo: odd === 7 ? null : odd && {} })).to.deep.equal({});
    }
  });
});

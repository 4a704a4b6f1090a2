import { expect } from "chai";
import { apiPath, GATEWAYS, isSandbox, OPERATIONS } from "../../lib/gateway/paths.js";

describe("apiPath", () => {
  it("is the production path for a production client", () => {
    expect(OPERATIONS.map((operation) => apiPath("5X0001", operation))).to.deep.equal([
      "/ams/api/v1/payments/pay",
      "/ams/api/v1/payments/inquiryPayment",
      "/ams/api/v1/payments/cancel",
      "/ams/api/v1/payments/consult",
      "/ams/api/v1/payments/capture",
      "/ams/api/v1/payments/refund",
      "/ams/api/v1/payments/inquiryRefund",
      "/ams/api/v1/payments/updateAmount",
    ]);
  });

  it("is the sandbox's for a sandbox client", () => {
    expect(apiPath("SANDBOX_5X0001", "pay")).to.equal("/ams/sandbox/api/v1/payments/pay");
  });
});

describe("isSandbox", () => {
  it("goes by how Antom begins the ids of test clients", () => {
    expect(isSandbox("SANDBOX_5X")).to.be.true;
    for (const id of ["5X_SANDBOX_", "sandbox_5X", "SANDBOX", ""]) expect(isSandbox(id), id).to.be.false;
  });
});

describe("GATEWAYS", () => {
  it("are origins of https, without a path", () => {
    for (const url of Object.values(GATEWAYS)) expect(new URL(url).origin).to.equal(url);
    expect(Object.values(GATEWAYS).every((url) => url.startsWith("https://"))).to.be.true;
  });
});

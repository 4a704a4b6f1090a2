import { expect } from "chai";
import { field, payBody } from "./support/merchant.js";
import { openScene, type Scene } from "./support/scene.js";

/** A copy of a body with one field, named by a path, replaced; undefined takes it out. */
function withField(body: Record<string, unknown>, path: string, value: unknown): Record<string, unknown> {
  const [name = "", ...rest] = path.split(".");
  const inner = body[name];
  const child = typeof inner === "object" && inner !== null ? { ...inner } : {};
  return { ...body, [name]: rest.length === 0 ? value : withField(child, rest.join("."), value) };
}

describe("simulator: what pay refuses", () => {
  let scene: Scene;
  before(async () => {
    scene = await openScene();
  });
  after(() => scene.close());

  const required = [
    "productCode",
    "paymentRequestId",
    "paymentAmount",
    "paymentAmount.currency",
    "paymentAmount.value",
    "order",
    "order.referenceOrderId",
    "order.orderDescription",
    "order.orderAmount",
    "paymentMethod",
    "paymentMethod.paymentMethodType",
    "env",
    "env.terminalType",
    "paymentRedirectUrl",
  ];
  for (const path of required) {
    it(`names ${path} when it is missing`, async () => {
      const answer = await scene.call("pay", withField(payBody(), path, undefined));
      expect(answer.code).to.equal("PARAM_ILLEGAL");
      expect(field(answer.body, "result", "resultMessage")).to.equal(`${path} is missing.`);
    });
  }

  const metaData = "paymentMethod.paymentMethodMetaData";
  const illegal: readonly [string, unknown][] = [
    ["productCode", "AGREEMENT_PAYMENT"],
    ["paymentRequestId", ""],
    ["paymentRequestId", "x".repeat(65)],
    ["paymentRequestId", 1],
    ["paymentAmount.currency", "eur"],
    ["paymentAmount.value", 1999],
    ["paymentAmount.value", "19.99"],
    ["paymentAmount.value", "0"],
    ["paymentAmount.value", "-1"],
    ["paymentAmount.value", "007"],
    ["paymentAmount.value", "1".repeat(17)],
    ["order.referenceOrderId", "x".repeat(65)],
    ["order.orderDescription", "x".repeat(257)],
    ["order.goods", [{ referenceGoodsId: "1" }]],
    ["order.goods", [{ goodsName: "Mug" }]],
    ["order.goods", Array.from({ length: 101 }, () => ({ referenceGoodsId: "1", goodsName: "Mug" }))],
    ["order.goods", [{ referenceGoodsId: "1", goodsName: "Mug", goodsQuantity: "0" }]],
    ["order.goods", [{ referenceGoodsId: "1", goodsName: "Mug", goodsUnitAmount: { currency: "EUR", value: "1.5" } }]],
    ["order.shipping.shippingAddress", { state: "Zhejiang" }],
    ["order.shipping.shippingAddress", { region: "CHN" }],
    ["order.shipping.shippingAddress", { region: "CN", state: "Zhejiang9" }],
    ["order.shipping.shippingPhoneNo", "1".repeat(17)],
    ["order.shipping.shippingFee", { currency: "EUR", value: "-1" }],
    ["order.shipping.deliveryEstimate", { minimum: { unit: "WEEK", value: 1 } }],
    ["order.buyer.successfulOrderCount", -1],
    ["order.orderDiscountAmount", "50"],
    ["order.buyer.buyerEmail", "x".repeat(65)],
    ["order.buyer.buyerName", { firstName: "x".repeat(33) }],
    ["paymentMethod.paymentMethodType", "ALIPAY_CN"],
    [`${metaData}.cardNo`, "4054 6957"],
    [`${metaData}.cardNo`, "4054695723100768"],
    [`${metaData}.is3DSAuthentication`, "yes"],
    [`${metaData}.selectedCardBrand`, "ACME"],
    [`${metaData}.billingAddress`, { region: "CN", city: "x".repeat(33) }],
    [`${metaData}.mpiData`, { eci: "5", cavv: "x" }],
    ["paymentFactor.captureMode", "LATER"],
    ["paymentFactor.isAuthorization", 1],
    ["env.terminalType", "TV"],
    ["env.osType", "BEOS"],
    ["env.clientIp", "1".repeat(65)],
    ["env.colorDepth", 7],
    ["env.timeZoneOffset", 721],
    ["env.screenHeight", 0],
    ["settlementStrategy.settlementCurrency", "EURO"],
    ["paymentRedirectUrl", "return"],
    ["paymentRedirectUrl", "javascript:alert(1)"],
    ["paymentRedirectUrl", `https://shop.example/${"x".repeat(2048)}`],
    ["paymentNotifyUrl", "ftp://shop.example/notify"],
    ["paymentExpiryTime", "tomorrow"],
    ["paymentExpiryTime", "2026-01-15T11:59:00Z"],
    ["paymentExpiryTime", "2026-01-15T12:10:00Z"],
    ["paymentExpiryTime", "2026-01-15T12:30:00Z"],
    ["creditPayPlan", { installmentNum: "1" }],
    ["creditPayPlan", { interval: "MONTH" }],
    ["creditPayPlan", { filteredInstallmentPeriods: [] }],
    ["creditPayPlan", { filteredInstallmentPeriods: [1] }],
    ["merchantRegion", "usa"],
    ["merchantAccountId", "x".repeat(33)],
  ];
  for (const [path, value] of illegal) {
    const shown = JSON.stringify(value);
    it(`refuses ${path} ${shown.length > 70 ? `${shown.slice(0, 60)}...` : shown}`, async () => {
      const answer = await scene.call("pay", withField(payBody(), path, value));
      expect(answer).to.include({ code: "PARAM_ILLEGAL", resultStatus: "F", isSigned: true });
    });
  }

  it("asks a mini app for its appId", async () => {
    const body = withField(payBody(), "env.terminalType", "MINI_APP");
    expect((await scene.call("pay", body)).code).to.equal("PARAM_ILLEGAL");
    expect((await scene.call("pay", { ...body, appId: "app-1" })).code).to.equal("PAYMENT_IN_PROCESS");
  });

  it("refuses a currency that does not exist and rupiah that are not whole", async () => {
    const pay = (currency: string, value: string) =>
      scene.call("pay", payBody({ paymentRequestId: "PAY_C", paymentAmount: { currency, value } }));
    expect((await pay("QQQ", "100")).code).to.equal("CURRENCY_NOT_SUPPORT");
    expect((await pay("IDR", "150")).code).to.equal("INVALID_AMOUNT");
    expect((await pay("IDR", "100")).code).to.equal("PAYMENT_IN_PROCESS");
  });

  it("keeps nothing of what it refused", () => {
    expect(scene.simulator.payments().map(({ paymentRequestId }) => paymentRequestId)).to.have.members([
      "PAY_1",
      "PAY_C",
    ]);
  });
});

describe("simulator: what an order may tell beside what it must", () => {
  let scene: Scene;
  beforeEach(async () => {
    scene = await openScene();
  });
  afterEach(() => scene.close());

  const taken: readonly (readonly [string, unknown])[] = [
    ["order.goods", [{ priceId: "price-1", goodsName: "Course", goodsEndsOnTime: "2026-12-31T00:00:00Z" }]],
    ["order.shipping.shippingFee", { currency: "EUR", value: "0" }],
    ["order.shipping.deliveryEstimate", { maximum: { unit: "DAY", value: "2" } }],
    ["order.shipping.shippingAddress", { region: "CN", address3: "Building 4", label: "Work" }],
    ["order.buyer.isAccountVerified", "true"],
    ["order.buyer.successfulOrderCount", 0],
    ["order.orderDiscountAmount", { currency: "EUR", value: "0" }],
    ["creditPayPlan", { filteredInstallmentPeriods: [3, "6"] }],
  ];
  for (const [path, value] of taken) {
    it(`takes ${path} ${JSON.stringify(value)}`, async () => {
      const body = withField(payBody(), path, value);
      expect((await scene.call("pay", body)).code).to.equal("PAYMENT_IN_PROCESS");
    });
  }
});

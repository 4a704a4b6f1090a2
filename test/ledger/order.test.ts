import { expect } from "chai";
import { checkedOrder } from "../../lib/ledger/order.js";
import { PAYMENT_METHODS } from "../../lib/payment/method.js";
import { refused } from "./refused.js";

const ORDER = { orderId: "order-1", description: "Tea", amount: { currency: "EUR", value: "1999" } };
const MPI = { threeDSVersion: "2.2.0", eci: "05", cavv: "AAABAWFlmQAAAABjRWWZEEFgFz8=" };
const GOODS = { referenceGoodsId: "1", goodsName: "Tea" };

const read = (more: object) => checkedOrder({ ...ORDER, ...more });
const wrong = (more: object): string[] => [...new Set(refused(() => read(more)).problems.map(({ at }) => at))];

describe("the order the shop answers with", () => {
  it("needs an id, a description and an amount", () => {
    expect(checkedOrder(ORDER)).to.deep.equal(ORDER);
    for (const name of ["orderId", "description", "amount"]) {
      expect(wrong({ [name]: undefined }), name).to.deep.equal([`/${name}`]);
    }
  });

  it("is a copy, so that a price the shop changes meanwhile does not change what is asked for", () => {
    const own = { ...ORDER, amount: { ...ORDER.amount }, goods: [{ ...GOODS }] };
    const checked = checkedOrder(own);
    own.amount.value = "2499";
    own.goods[0] = { ...GOODS, goodsName: "Coffee" };
    expect(checked).to.deep.equal({ ...ORDER, goods: [GOODS] });
  });

  it("may be of what an object mapper hands out", () => {
    const mapped = <T extends object>(value: T): T => new Proxy(value, {});
    const own = mapped({ ...ORDER, amount: mapped({ ...ORDER.amount }), goods: mapped([mapped({ ...GOODS })]) });
    expect(checkedOrder(own)).to.deep.equal({ ...ORDER, goods: [GOODS] });
  });

  it("is read where a class or a prototype has its members, in what it is made of too, and loses none", () => {
    class Cart {
      readonly orderId = ORDER.orderId;
      readonly description = ORDER.description;
      readonly amount = Object.create(ORDER.amount) as typeof ORDER.amount;
      readonly buyer = Object.create({ buyerEmail: "kim@example.com" }) as object;
      get capture(): string {
        return "manual".toUpperCase();
      }
      get total(): number {
        return Number(this.amount.value) / 100;
      }
    }
    expect(checkedOrder(new Cart())).to.deep.equal({
      ...ORDER,
      capture: "MANUAL",
      buyer: { buyerEmail: "kim@example.com" },
    });
    expect(
      refused(() => checkedOrder(Object.assign(Object.create({ capture: "LATER" }) as object, ORDER))).message,
    ).to.contain("/capture must be one of");
  });

  it("is an object, and the shop is told so", () => {
    for (const answer of [null, "order-1", 5, [ORDER]]) {
      const error = refused(() => checkedOrder(answer));
      expect(error).to.include({ code: "order_invalid", status: 500 });
      expect(error.message).to.match(/^the order function's answer cannot be paid: it must be object$/);
    }
  });

  it("has amounts in minor units as text, and says so of any other", () => {
    for (const amount of [19.99, 1999, "1999", null, ["EUR", "1999"]]) {
      expect(refused(() => read({ amount })).message).to.contain(
        '/amount must be an object, its value being minor units as text: { currency: "EUR", value: "1999" } for EUR 19.99',
      );
    }
    for (const value of [1999, 19.99, "19.99", null]) {
      expect(refused(() => read({ amount: { currency: "EUR", value } })).message).to.contain(
        '/amount/value must be a whole positive number of minor units, as a string: "1999" for EUR 19.99',
      );
    }
  });

  it("has rupiah that are whole, and says how they are written", () => {
    const whole = { ...ORDER, amount: { currency: "IDR", value: "1234500" } };
    expect(checkedOrder(whole)).to.deep.equal(whole);
    const error = refused(() => read({ amount: { currency: "IDR", value: "12345" } }));
    expect(error.code).to.equal("order_invalid");
    expect(error.message).to.match(/\/amount\/value is not possible: Antom takes whole rupiah only.* ends in 00/);
  });

  it("has no field but the documented ones, and asks about one that is misspelt", () => {
    const { problems, message } = refused(() => read({ isThreeDS: true, enableAuthenticationUpgrate: true }));
    expect(problems).to.deep.equal([
      { at: "/isThreeDS", message: "is not a known field" },
      {
        at: "/enableAuthenticationUpgrate",
        message: 'is not a known field; did you mean "enableAuthenticationUpgrade"?',
      },
    ]);
    expect(message).to.contain("/isThreeDS is not a known field");
  });

  it("is passed on as it is, with everything it may have", () => {
    const everything = {
      capture: "MANUAL",
      method: ["card", "hosted"],
      is3DSAuthentication: false,
      enableAuthenticationUpgrade: true,
      tokenizeMode: "ASKFORCONSENT",
      mpiData: { ...MPI, dsTransactionId: "f38e6948-5388-41a6-bca4-b49723c19437", credentialType: "PAN" },
      installments: [3, 6, 12],
      creditPayPlan: { installmentNum: "3", interval: "MONTH", creditPayFeeType: "PERCENTAGE", feePercentage: 50 },
      expiresIn: 300_000,
      merchantRegion: "SG",
      paymentMethodRegion: "KR",
      env: {
        terminalType: "APP",
        osType: "IOS",
        clientIp: "112.80.248.78",
        deviceTokenId: "token",
        deviceId: "device",
        deviceBrand: "Apple",
        deviceModel: "iPhone",
        deviceLanguage: "zh_CN",
        osVersion: "17.0",
        extendInfo: "{}",
      },
      appId: "app-1",
      settlementCurrency: "USD",
      locale: "ko-KR",
      buyer: {
        referenceBuyerId: "b",
        buyerName: { firstName: "Tom", lastName: "Jay" },
        buyerPhoneNo: "1",
        buyerEmail: "a@b",
        buyerRegistrationTime: "2020-01-01T00:00:00Z",
        isAccountVerified: true,
        successfulOrderCount: 3,
      },
      goods: [
        { ...GOODS, goodsQuantity: "2", goodsUnitAmount: ORDER.amount, deliveryMethodType: "DIGITAL" },
        { ...GOODS, goodsName: "A sample", goodsUnitAmount: { currency: "EUR", value: "0" } },
        { priceId: "price-1", goodsName: "A course", goodsEndsOnTime: "2026-12-31T00:00:00Z" },
        { ...GOODS, priceId: "price-1", goodsDiscountAmount: { currency: "EUR", value: "50" } },
      ],
      shipping: {
        shippingAddress: { region: "CN", address3: "Building 4", zipCode: "310000", label: "Work" },
        shippingCarrier: "FedEx",
        shippingFeeId: "express",
        shippingFee: { currency: "EUR", value: "0" },
        shippingDescription: "Tomorrow",
        deliveryEstimate: { minimum: { unit: "HOUR", value: 0 }, maximum: { unit: "DAY", value: 2 } },
        shippingNumber: "1Z999",
        notes: "Ring twice",
      },
      orderDiscountAmount: { currency: "EUR", value: "50" },
      subTotalOrderAmount: { currency: "EUR", value: "2049" },
    };
    expect(read(everything)).to.deep.equal({ ...ORDER, ...everything });
  });

  it("names one way to pay or several", () => {
    for (const method of PAYMENT_METHODS) expect(read({ method }).method).to.equal(method);
    expect(read({ method: [...PAYMENT_METHODS] }).method).to.deep.equal(PAYMENT_METHODS);
  });

  const RIGHT: Readonly<Record<string, readonly unknown[]>> = {
    capture: ["AUTOMATIC", "MANUAL"],
    installments: [[], [2], [36], Array.from({ length: 35 }, (_, index) => index + 2)],
    expiresIn: [60_000, 590_000],
    creditPayPlan: [
      { installmentNum: "2" },
      { installmentNum: "36" },
      { installmentNum: "10", feePercentage: 0 },
      { installmentNum: "29", feePercentage: 100 },
      { filteredInstallmentPeriods: [2, 36] },
      { filteredInstallmentPeriods: Array.from({ length: 100 }, () => 3), feePercentage: 50 },
      { installmentNum: "3", filteredInstallmentPeriods: [3, 6] },
    ],
    paymentMethodRegion: ["GLOBAL", "BR"],
    mpiData: [MPI, { ...MPI, threeDSVersion: "1.0.2" }, { ...MPI, threeDSVersion: "2.3" }],
    env: [{}, { terminalType: "WAP" }, { osType: "ANDROID", extendInfo: "x".repeat(2048) }],
    appId: ["a", "x".repeat(32)],
  };
  for (const [name, values] of Object.entries(RIGHT)) {
    it(`may have ${name} at its limits`, () => {
      for (const value of values) expect(read({ [name]: value })).to.deep.equal({ ...ORDER, [name]: value });
    });
  }

  const WRONG: Readonly<Record<string, readonly (readonly [unknown, string])[]>> = {
    orderId: [
      ["", "/orderId"],
      ["x".repeat(65), "/orderId"],
      [7, "/orderId"],
    ],
    description: [
      ["", "/description"],
      ["x".repeat(257), "/description"],
    ],
    amount: [
      [{ currency: "IDR", value: "12345" }, "/amount/value"],
      [{ currency: "IDR", value: "1" }, "/amount/value"],
      [{ currency: "eur", value: "1999" }, "/amount/currency"],
      [{ currency: "EUR", value: "19.99" }, "/amount/value"],
      [{ currency: "EUR", value: 1999 }, "/amount/value"],
      [{ currency: "EUR", value: "0" }, "/amount/value"],
      [{ currency: "EUR" }, "/amount/value"],
    ],
    capture: [
      ["manual", "/capture"],
      [true, "/capture"],
    ],
    method: [
      ["cash", "/method"],
      [[], "/method"],
      [["card", "card"], "/method"],
      [{}, "/method"],
    ],
    is3DSAuthentication: [
      ["true", "/is3DSAuthentication"],
      [1, "/is3DSAuthentication"],
    ],
    enableAuthenticationUpgrade: [["false", "/enableAuthenticationUpgrade"]],
    tokenizeMode: [
      [true, "/tokenizeMode"],
      ["askforconsent", "/tokenizeMode"],
    ],
    mpiData: [
      [{}, "/mpiData/threeDSVersion"],
      [{ ...MPI, threeDSVersion: "2" }, "/mpiData/threeDSVersion"],
      [{ ...MPI, threeDSVersion: "2.2.0.1" }, "/mpiData/threeDSVersion"],
      [{ ...MPI, eci: "5" }, "/mpiData/eci"],
      [{ ...MPI, eci: 5 }, "/mpiData/eci"],
      [{ ...MPI, cavv: "" }, "/mpiData/cavv"],
      [{ ...MPI, cavv: "x".repeat(257) }, "/mpiData/cavv"],
      [{ ...MPI, dsTransactionId: "" }, "/mpiData/dsTransactionId"],
      [{ ...MPI, dsTransactionId: "x".repeat(65) }, "/mpiData/dsTransactionId"],
      [{ ...MPI, credentialType: "TOKEN" }, "/mpiData/credentialType"],
      [{ ...MPI, caav: MPI.cavv }, "/mpiData/caav"],
    ],
    installments: [
      [3, "/installments"],
      [["3"], "/installments/0"],
      [[1], "/installments/0"],
      [[37], "/installments/0"],
      [[2.5], "/installments/0"],
      [Array.from({ length: 36 }, () => 3), "/installments"],
    ],
    creditPayPlan: [
      [{}, "/creditPayPlan/installmentNum"],
      [{ installmentNum: 3 }, "/creditPayPlan/installmentNum"],
      [{ installmentNum: "1" }, "/creditPayPlan/installmentNum"],
      [{ installmentNum: "37" }, "/creditPayPlan/installmentNum"],
      [{ installmentNum: "03" }, "/creditPayPlan/installmentNum"],
      [{ installmentNum: "3", interval: "WEEK" }, "/creditPayPlan/interval"],
      [{ installmentNum: "3", creditPayFeeType: "FIXED" }, "/creditPayPlan/creditPayFeeType"],
      [{ installmentNum: "3", feePercentage: 101 }, "/creditPayPlan/feePercentage"],
      [{ installmentNum: "3", feePercentage: -1 }, "/creditPayPlan/feePercentage"],
      [{ installmentNum: "3", feePercentage: 0.5 }, "/creditPayPlan/feePercentage"],
      [{ filteredInstallmentPeriods: [] }, "/creditPayPlan/filteredInstallmentPeriods"],
      [{ filteredInstallmentPeriods: ["3"] }, "/creditPayPlan/filteredInstallmentPeriods/0"],
      [{ filteredInstallmentPeriods: [1] }, "/creditPayPlan/filteredInstallmentPeriods/0"],
      [{ filteredInstallmentPeriods: [3, 37] }, "/creditPayPlan/filteredInstallmentPeriods/1"],
      [
        { filteredInstallmentPeriods: Array.from({ length: 101 }, () => 3) },
        "/creditPayPlan/filteredInstallmentPeriods",
      ],
      [{ installmentNum: "3", interestRate: "1" }, "/creditPayPlan/interestRate"],
    ],
    expiresIn: [
      [59_999, "/expiresIn"],
      [590_001, "/expiresIn"],
      [600_000, "/expiresIn"],
      ["300000", "/expiresIn"],
      [60_000.5, "/expiresIn"],
    ],
    merchantRegion: [
      ["sg", "/merchantRegion"],
      ["SGP", "/merchantRegion"],
    ],
    paymentMethodRegion: [
      ["kr", "/paymentMethodRegion"],
      ["EU_", "/paymentMethodRegion"],
      ["global", "/paymentMethodRegion"],
      [["KR"], "/paymentMethodRegion"],
    ],
    env: [
      [{ terminalType: "PHONE" }, "/env/terminalType"],
      [{ osType: "WINDOWS" }, "/env/osType"],
      [{ clientIp: "1".repeat(65) }, "/env/clientIp"],
      [{ deviceTokenId: "x".repeat(65) }, "/env/deviceTokenId"],
      [{ deviceId: "x".repeat(2049) }, "/env/deviceId"],
      [{ deviceBrand: "x".repeat(65) }, "/env/deviceBrand"],
      [{ deviceModel: "x".repeat(129) }, "/env/deviceModel"],
      [{ deviceLanguage: "x".repeat(33) }, "/env/deviceLanguage"],
      [{ osVersion: "x".repeat(65) }, "/env/osVersion"],
      [{ extendInfo: "x".repeat(2049) }, "/env/extendInfo"],
      [{ extendInfo: {} }, "/env/extendInfo"],
      [{ browserInfo: {} }, "/env/browserInfo"],
    ],
    appId: [
      ["", "/appId"],
      ["x".repeat(33), "/appId"],
      [1, "/appId"],
    ],
    settlementCurrency: [
      ["usd", "/settlementCurrency"],
      ["USDT", "/settlementCurrency"],
    ],
    locale: [
      ["e", "/locale"],
      ["x".repeat(36), "/locale"],
    ],
    buyer: [
      [{ referenceBuyerId: "x".repeat(65) }, "/buyer/referenceBuyerId"],
      [{ buyerName: { firstName: "x".repeat(33) } }, "/buyer/buyerName/firstName"],
      [{ buyerName: "Tom" }, "/buyer/buyerName"],
      [{ buyerName: { firstName: "Tom" } }, "/buyer/buyerName/lastName"],
      [{ buyerName: { fullName: "Tom Jay", lastName: "Jay" } }, "/buyer/buyerName/firstName"],
      [{ buyerPhoneNo: "1".repeat(25) }, "/buyer/buyerPhoneNo"],
      [{ buyerEmail: "x".repeat(65) }, "/buyer/buyerEmail"],
      [{ buyerRegistrationTime: "x".repeat(65) }, "/buyer/buyerRegistrationTime"],
      [{ isAccountVerified: "true" }, "/buyer/isAccountVerified"],
      [{ successfulOrderCount: -1 }, "/buyer/successfulOrderCount"],
      [{ successfulOrderCount: 1.5 }, "/buyer/successfulOrderCount"],
      [{ successfulOrderCount: 2 ** 31 }, "/buyer/successfulOrderCount"],
    ],
    goods: [
      [Array.from({ length: 101 }, () => GOODS), "/goods"],
      [[{ goodsName: "Tea" }], "/goods/0/referenceGoodsId"],
      [[{ ...GOODS, goodsQuantity: "0" }], "/goods/0/goodsQuantity"],
      [[{ ...GOODS, goodsQuantity: 2 }], "/goods/0/goodsQuantity"],
      [[GOODS, { ...GOODS, goodsName: "x".repeat(257) }], "/goods/1/goodsName"],
      [[{ ...GOODS, goodsUrl: "x".repeat(2049) }], "/goods/0/goodsUrl"],
      [[{ ...GOODS, deliveryMethodType: "POST" }], "/goods/0/deliveryMethodType"],
      [[{ priceId: "x".repeat(65), goodsName: "Tea" }], "/goods/0/priceId"],
      [[{ priceId: "", goodsName: "Tea" }], "/goods/0/priceId"],
      [[{ priceId: "1" }], "/goods/0/goodsName"],
      [[{ ...GOODS, goodsDiscountAmount: { currency: "EUR", value: "0.50" } }], "/goods/0/goodsDiscountAmount/value"],
      [[{ ...GOODS, goodsDiscountAmount: "50" }], "/goods/0/goodsDiscountAmount"],
      [[{ ...GOODS, goodsEndsOnTime: "x".repeat(65) }], "/goods/0/goodsEndsOnTime"],
      [[{ ...GOODS, crossSell: GOODS }], "/goods/0/crossSell"],
    ],
    shipping: [
      [{ shippingAddress: { city: "Hangzhou" } }, "/shipping/shippingAddress/region"],
      [{ shippingAddress: { region: "CN", state: "x".repeat(9) } }, "/shipping/shippingAddress/state"],
      [{ shippingPhoneNo: "1".repeat(17) }, "/shipping/shippingPhoneNo"],
      [{ shippingCarrier: "x".repeat(129) }, "/shipping/shippingCarrier"],
      [{ shipToEmail: "x".repeat(65) }, "/shipping/shipToEmail"],
      [{ shippingName: { fullName: "x".repeat(129) } }, "/shipping/shippingName/fullName"],
      [{ shippingAddress: { region: "CN", address3: "x".repeat(257) } }, "/shipping/shippingAddress/address3"],
      [{ shippingAddress: { region: "CN", label: "x".repeat(65) } }, "/shipping/shippingAddress/label"],
      [{ shippingFee: { currency: "EUR", value: "-1" } }, "/shipping/shippingFee/value"],
      [{ shippingFee: { value: "100" } }, "/shipping/shippingFee/currency"],
      [{ shippingFeeId: "x".repeat(65) }, "/shipping/shippingFeeId"],
      [{ shippingDescription: "x".repeat(65) }, "/shipping/shippingDescription"],
      [{ shippingNumber: "x".repeat(65) }, "/shipping/shippingNumber"],
      [{ notes: "x".repeat(257) }, "/shipping/notes"],
      [{ deliveryEstimate: { minimum: { unit: "WEEK", value: 1 } } }, "/shipping/deliveryEstimate/minimum/unit"],
      [{ deliveryEstimate: { maximum: { unit: "DAY" } } }, "/shipping/deliveryEstimate/maximum/value"],
    ],
    orderDiscountAmount: [[{ currency: "EUR", value: 50 }, "/orderDiscountAmount/value"]],
    subTotalOrderAmount: [[{ currency: "eur", value: "50" }, "/subTotalOrderAmount/currency"]],
  };
  for (const [name, cases] of Object.entries(WRONG)) {
    for (const [index, [value, at]] of cases.entries()) {
      it(`is not taken with a wrong ${name}, case ${index + 1}`, () => {
        expect(wrong({ [name]: value })).to.include(at);
        expect(wrong({ [name]: value }).every((found) => found.startsWith(`/${name}`))).to.equal(true);
      });
    }
  }

  it("has the app's id where it is from a mini app, without which Antom does not take it", () => {
    const order = { env: { terminalType: "MINI_APP" }, appId: "app-1" };
    expect(read(order)).to.deep.equal({ ...ORDER, ...order });
    const error = refused(() => read({ env: order.env }));
    expect(error.code).to.equal("order_invalid");
    expect(error.message).to.contain('/appId is missing: Antom asks for it where env.terminalType is "MINI_APP"');
    const amount = { currency: "IDR", value: "12345" };
    expect(wrong({ env: order.env, amount })).to.deep.equal(["/amount/value", "/appId"]);
  });

  it("is asked for the first of two members where it has neither, and for nothing more", () => {
    expect(refused(() => read({ goods: [{ goodsName: "Tea" }] })).problems).to.deep.equal([
      { at: "/goods/0/referenceGoodsId", message: "is missing" },
    ]);
    expect(refused(() => read({ creditPayPlan: { interval: "MONTH" } })).problems).to.deep.equal([
      { at: "/creditPayPlan/installmentNum", message: "is missing" },
    ]);
  });

  it("is not taken with a member that is none of Antom's, and told the nearest that is", () => {
    const hint = (more: object): string | undefined => refused(() => read(more)).problems[0]?.message;
    expect(hint({ shipping: { shippingFees: {} } })).to.contain('did you mean "shippingFee"?');
    expect(hint({ buyer: { accountVerified: true } })).to.contain('did you mean "isAccountVerified"?');
    expect(hint({ goods: [{ ...GOODS, goodsDiscount: "1" }] })).to.equal("is not a known field");
  });

  it("is not taken with a method it does not know among others", () => {
    expect(wrong({ method: ["card", "cash"] })).to.include("/method/1");
  });

  it("is told all that is wrong with it at once, the first of it in the message", () => {
    const error = refused(() => read({ expiresIn: 1, capture: "later", goods: [{}] }));
    expect(error.problems.map(({ at }) => at)).to.have.members([
      "/expiresIn",
      "/capture",
      "/goods/0/referenceGoodsId",
      "/goods/0/goodsName",
    ]);
    expect(error.message).to.contain(`${error.problems[0]?.at ?? "?"} ${error.problems[0]?.message ?? "?"}`);
  });
});

import { expect } from "chai";
import type { Order } from "../../lib/index.js";
import { brokenContracts, openMerchant, type Merchant } from "../golden/merchant.js";
import { ADDRESS, CARD_FIELDS } from "../golden/sample-order.js";
import { startScriptedAntom, type ScriptedAntom } from "../support/scripted-antom.js";
import { OPERATIONS } from "./operations.js";
import { membersOf } from "./shape.js";

/** What a merchant or a buyer fills a member of the request with. */
interface Filling {
  readonly order?: Partial<Order>;
  readonly card?: object;
}

const GOODS = { referenceGoodsId: "1", goodsName: "Mug" };
const goods = (member: string) => (value: string) => ({ order: { goods: [{ ...GOODS, [member]: value }] } });
const shipping = (member: string) => (value: string) => ({ order: { shipping: { [member]: value } } });
const shippedTo = (member: string) => (value: string) => ({
  order: { shipping: { shippingAddress: { ...ADDRESS, [member]: value } } },
});
const buyer = (member: string) => (value: string) => ({ order: { buyer: { [member]: value } } });
const device = (member: string) => (value: string) => ({ order: { env: { [member]: value } } });
const holder = (member: string) => (value: string) => ({
  card: { cardholderName: { ...CARD_FIELDS.card.cardholderName, [member]: value } },
});
const billing = (member: string) => (value: string) => ({ card: { billingAddress: { ...ADDRESS, [member]: value } } });
const mpi = (member: string) => (value: string) => ({
  order: { mpiData: { threeDSVersion: "2.2.0", eci: "05", cavv: "x", dsTransactionId: "x", [member]: value } },
});

/** Every text of a request that a merchant or a buyer can make as long as they like. */
const TEXTS: Readonly<Record<string, (value: string) => Filling>> = {
  "/order/referenceOrderId": (orderId) => ({ order: { orderId } }),
  "/order/orderDescription": (description) => ({ order: { description } }),
  "/order/goods/referenceGoodsId": goods("referenceGoodsId"),
  "/order/goods/goodsName": goods("goodsName"),
  "/order/goods/goodsCategory": goods("goodsCategory"),
  "/order/goods/priceId": goods("priceId"),
  "/order/goods/goodsEndsOnTime": goods("goodsEndsOnTime"),
  "/order/goods/goodsUrl": goods("goodsUrl"),
  "/order/goods/goodsBrand": goods("goodsBrand"),
  "/order/goods/goodsSkuName": goods("goodsSkuName"),
  "/order/shipping/shippingCarrier": shipping("shippingCarrier"),
  "/order/shipping/shippingPhoneNo": shipping("shippingPhoneNo"),
  "/order/shipping/shipToEmail": shipping("shipToEmail"),
  "/order/shipping/shippingFeeId": shipping("shippingFeeId"),
  "/order/shipping/shippingDescription": shipping("shippingDescription"),
  "/order/shipping/shippingNumber": shipping("shippingNumber"),
  "/order/shipping/notes": shipping("notes"),
  "/order/shipping/shippingAddress/address3": shippedTo("address3"),
  "/order/shipping/shippingAddress/label": shippedTo("label"),
  "/order/buyer/referenceBuyerId": buyer("referenceBuyerId"),
  "/order/buyer/buyerPhoneNo": buyer("buyerPhoneNo"),
  "/order/buyer/buyerEmail": buyer("buyerEmail"),
  "/order/buyer/buyerRegistrationTime": buyer("buyerRegistrationTime"),
  "/env/clientIp": device("clientIp"),
  "/env/deviceTokenId": device("deviceTokenId"),
  "/env/deviceId": device("deviceId"),
  "/env/deviceBrand": device("deviceBrand"),
  "/env/deviceModel": device("deviceModel"),
  "/env/deviceLanguage": device("deviceLanguage"),
  "/env/osVersion": device("osVersion"),
  "/env/extendInfo": device("extendInfo"),
  "/appId": (appId) => ({ order: { appId } }),
  "/paymentMethod/paymentMethodMetaData/cardholderName/firstName": holder("firstName"),
  "/paymentMethod/paymentMethodMetaData/cardholderName/middleName": holder("middleName"),
  "/paymentMethod/paymentMethodMetaData/cardholderName/lastName": holder("lastName"),
  "/paymentMethod/paymentMethodMetaData/cardholderName/fullName": holder("fullName"),
  "/paymentMethod/paymentMethodMetaData/billingAddress/state": billing("state"),
  "/paymentMethod/paymentMethodMetaData/billingAddress/city": billing("city"),
  "/paymentMethod/paymentMethodMetaData/billingAddress/address1": billing("address1"),
  "/paymentMethod/paymentMethodMetaData/billingAddress/address2": billing("address2"),
  "/paymentMethod/paymentMethodMetaData/billingAddress/zipCode": billing("zipCode"),
  "/paymentMethod/paymentMethodMetaData/mpiData/cavv": mpi("cavv"),
  "/paymentMethod/paymentMethodMetaData/mpiData/dsTransactionId": mpi("dsTransactionId"),
  "/paymentMethod/paymentMethodMetaData/payerEmail": (value) => ({ card: { payerEmail: `a@${value.slice(2)}` } }),
};

/** The contract's longest text for each. */
const LONGEST = new Map(
  [...membersOf(OPERATIONS.pay)].flatMap(({ path, member }) => {
    const longest = "schema" in member.is ? member.is.schema["maxLength"] : undefined;
    return typeof longest === "number" ? [[path, longest] as const] : [];
  }),
);

const at = (body: unknown, path: string): unknown =>
  path
    .slice(1)
    .split("/")
    .reduce<unknown>((value, name) => {
      const inside: unknown = Array.isArray(value) ? value[0] : value;
      return (inside as Record<string, unknown> | undefined)?.[name];
    }, body);

describe("what a merchant or a buyer fills in", () => {
  let antom: ScriptedAntom;
  let merchant: Merchant;
  beforeEach(async () => {
    antom = await startScriptedAntom();
    const order = { orderId: "order", description: "Two mugs", amount: { currency: "EUR", value: "1999" } };
    merchant = await openMerchant(antom.url, order, { pciQualified: true, worker: false });
  });
  afterEach(async () => {
    await merchant.stop();
    await antom.stop();
  });

  let count = 0;
  const fill = async ({ order = {}, card = {} }: { readonly order?: object; readonly card?: object }) => {
    merchant.sent.length = 0;
    const small = { description: "Two mugs", amount: { currency: "EUR", value: "1999" } };
    merchant.order = { ...small, orderId: `order-${++count}`, ...order };
    return merchant.checkout({ ...CARD_FIELDS, card: { ...CARD_FIELDS.card, ...card } });
  };

  it("is sent whole where it is as long as Antom takes it", async () => {
    const wrong: string[] = [];
    for (const [path, filling] of Object.entries(TEXTS)) {
      const value = "7".repeat(LONGEST.get(path) ?? 0);
      const { status } = await fill(filling(value));
      const sent = at(merchant.sent[0]?.body, path);
      if (status !== 200 || String(sent).length !== value.length) wrong.push(`${path}: ${status}`);
      wrong.push(...brokenContracts(merchant));
    }
    expect(wrong).to.deep.equal([]);
  });

  it("is refused before anything is sent where it is one character longer", async () => {
    const wrong: string[] = [];
    for (const [path, filling] of Object.entries(TEXTS)) {
      const longest = LONGEST.get(path) ?? 0;
      const { status, body } = await fill(filling("7".repeat(longest + 1)));
      const code = path.includes("/paymentMethod") && !path.includes("mpiData") ? "card_invalid" : "order_invalid";
      if (body["code"] !== code || merchant.sent.length > 0) wrong.push(`${path} (${longest}): ${status}`);
    }
    expect(wrong).to.deep.equal([]);
  });

  /** As somebody writes it who has no types. */
  const REFUSED: Readonly<Record<string, { readonly order?: object; readonly card?: object }>> = {
    "a shipping name without a first and a last name": { order: { shipping: { shippingName: { fullName: "Li" } } } },
    "a buyer's name without a last name": { order: { buyer: { buyerName: { firstName: "Li" } } } },
    "a cardholder without a first name": { card: { cardholderName: { lastName: "Jay" } } },
  };

  for (const [what, filling] of Object.entries(REFUSED)) {
    it(`is refused before anything is sent where it is ${what}`, async () => {
      const { body, text } = await fill(filling);
      expect(body["code"], text).to.match(/^(order|card)_invalid$/);
      expect(merchant.sent).to.deep.equal([]);
    });
  }
});

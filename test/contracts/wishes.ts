import fc, { type Arbitrary } from "fast-check";
import type { Address, Buyer, DeviceEnvironment, Goods, MpiData, Order, Shipping, UserName } from "../../lib/index.js";

/** Orders and ways to pay as any shop might have them, valid by the kit's own documentation. */

/** Text for people, within a length: plain, Chinese, or with signs that JSON escapes. */
const text = (most: number, least = 1): Arbitrary<string> =>
  fc.oneof(
    fc.string({ minLength: least, maxLength: Math.min(most, 40) }),
    fc.string({ minLength: most, maxLength: most }),
    fc.constantFrom("杭州咖啡", "우유 두 잔", 'a "quoted" \\ word').map((word) => word.slice(0, most)),
  );

const sparse = <T extends object>(members: { [K in keyof T]-?: Arbitrary<T[K]> }): Arbitrary<Partial<T>> =>
  fc.record(members, { requiredKeys: [] }) as Arbitrary<Partial<T>>;

const filled = <T extends object>(members: { [K in keyof T]-?: Arbitrary<T[K]> }): Arbitrary<Partial<T>> =>
  sparse(members).filter((object) => Object.keys(object).length > 0);

const region = fc.constantFrom("DE", "US", "KR", "BR", "SG", "GB");
const currency = fc.constantFrom("EUR", "USD", "GBP", "JPY", "BRL");
const value = fc.integer({ min: 1, max: 99_999_999 }).map(String);

const name: Arbitrary<UserName> = fc.record(
  { firstName: text(32), lastName: text(32), middleName: text(32), fullName: text(128) },
  { requiredKeys: ["firstName", "lastName"] },
);

const address: Arbitrary<Address> = fc.record(
  {
    region,
    state: text(8),
    city: text(32),
    address1: text(256),
    address2: text(256),
    address3: text(256),
    zipCode: text(32),
    label: text(64),
  },
  { requiredKeys: ["region"] },
);

const price = fc.record({ currency, value: fc.oneof(value, fc.constant("0")) });
const many = fc.integer({ min: 0, max: 2 ** 31 - 1 });

const describedGoods = fc.record(
  {
    goodsName: text(256),
    goodsCategory: text(64),
    goodsUnitAmount: price,
    goodsDiscountAmount: price,
    goodsEndsOnTime: fc.constant("2026-12-31T00:00:00Z"),
    goodsQuantity: fc.integer({ min: 1, max: 999 }).map(String),
    goodsUrl: fc.constant("https://shop.example/goods/1?x=%20"),
    goodsBrand: text(64),
    goodsSkuName: text(64),
    goodsImageUrl: fc.constant("https://shop.example/goods/1.png"),
    deliveryMethodType: fc.constantFrom("PHYSICAL", "DIGITAL"),
  },
  { requiredKeys: ["goodsName"] },
);
const goods: Arbitrary<Goods> = fc
  .tuple(
    describedGoods,
    fc.oneof(
      fc.record({ referenceGoodsId: text(64) }),
      fc.record({ priceId: text(64) }),
      fc.record({ referenceGoodsId: text(64), priceId: text(64) }),
    ),
  )
  .map(([described, id]) => ({ ...described, ...id }));

const deliveryTime = fc.record({
  unit: fc.constantFrom("YEAR", "MONTH", "DAY", "HOUR", "MINUTE", "SECOND"),
  value: many,
});

const shipping = filled<Shipping>({
  shippingName: name,
  shippingAddress: address,
  shippingCarrier: text(128),
  shippingPhoneNo: text(16),
  shipToEmail: text(64),
  shippingFeeId: text(64),
  shippingFee: price,
  shippingDescription: text(64),
  deliveryEstimate: filled<NonNullable<Shipping["deliveryEstimate"]>>({ minimum: deliveryTime, maximum: deliveryTime }),
  shippingNumber: text(64),
  notes: text(256),
});

const buyer = filled<Buyer>({
  referenceBuyerId: text(64),
  buyerName: name,
  buyerPhoneNo: text(24),
  buyerEmail: text(64),
  buyerRegistrationTime: fc.constant("2024-01-01T00:00:00Z"),
  isAccountVerified: fc.boolean(),
  successfulOrderCount: many,
});

const env = filled<DeviceEnvironment>({
  terminalType: fc.constantFrom("WEB", "WAP", "APP", "MINI_APP"),
  osType: fc.constantFrom("IOS", "ANDROID"),
  clientIp: fc.constantFrom("192.0.2.7", "2001:db8::7"),
  deviceTokenId: text(64),
  deviceId: text(64),
  deviceBrand: text(64),
  deviceModel: text(128),
  deviceLanguage: text(32),
  osVersion: text(64),
  extendInfo: text(2048),
});

const mpiData: Arbitrary<MpiData> = fc.record(
  {
    threeDSVersion: fc.constantFrom("1.0.2", "2.1.0", "2.2.0"),
    eci: fc.constantFrom("00", "01", "02", "05", "06", "07"),
    cavv: text(64),
    dsTransactionId: text(64),
    credentialType: fc.constantFrom("PAN", "NETWORK_TOKEN"),
  },
  { requiredKeys: ["threeDSVersion", "eci", "cavv"] },
);

/** Nothing in most cases, and otherwise one of these: most of them cannot be combined with one another. */
const seldom = <T extends object>(...some: readonly Arbitrary<T>[]): Arbitrary<Partial<T>> =>
  fc.oneof({ weight: 3, arbitrary: fc.constant<Partial<T>>({}) }, ...some);

const installments = fc.integer({ min: 2, max: 36 });
const conditions = fc.record(
  {
    interval: fc.constant("MONTH" as const),
    creditPayFeeType: fc.constant("PERCENTAGE" as const),
    feePercentage: fc.integer({ min: 0, max: 100 }),
  },
  { requiredKeys: [] },
);
const plan = fc
  .tuple(
    conditions,
    fc.oneof(
      fc.record({ installmentNum: installments.map(String) }),
      fc.record({ filteredInstallmentPeriods: fc.array(installments, { minLength: 1, maxLength: 5 }) }),
    ),
  )
  .map(([said, numbers]) => ({ ...said, ...numbers }));

const common = fc.record(
  {
    description: text(256),
    amount: fc.record({ currency: fc.oneof(currency, fc.constant("KRW")), value }),
    expiresIn: fc.integer({ min: 60_000, max: 590_000 }),
    merchantRegion: region,
    settlementCurrency: currency,
    env,
    appId: text(32),
    buyer,
    goods: fc.array(goods, { minLength: 1, maxLength: 3 }),
    shipping,
    orderDiscountAmount: price,
    subTotalOrderAmount: price,
  },
  { requiredKeys: ["description", "amount"] },
);

/** A mini app has an id. */
const withApp = (order: Omit<Order, "orderId">): Omit<Order, "orderId"> =>
  order.env?.terminalType === "MINI_APP" ? { appId: "app-1", ...order } : order;

/** All of an order but its id. */
export const anyOrder: Arbitrary<Omit<Order, "orderId">> = fc
  .tuple(
    common,
    seldom<Partial<Order>>(
      fc.record({ capture: fc.constantFrom("AUTOMATIC", "MANUAL") }),
      fc.record({ is3DSAuthentication: fc.boolean(), enableAuthenticationUpgrade: fc.boolean() }),
      fc.record({ tokenizeMode: fc.constant("ASKFORCONSENT" as const) }),
      fc.record({ mpiData, enableAuthenticationUpgrade: fc.boolean() }),
      fc.record({ creditPayPlan: plan }),
    ),
  )
  .map(([order, special]) => ({ ...withApp(order), ...special }));

const holders = fc.constantFrom(
  { cvv: "123" },
  { cvv: "1234", payerEmail: "payer@example.com" },
  { cvv: "123", payerEmail: "payer@example.com", cpf: "123.456.789-09" },
  { dateOfBirth: "1990-12-31", cardPasswordDigest: "73" },
  { businessNo: "1234567890", cardPasswordDigest: "73" },
);

const card = fc
  .record(
    {
      cardNo: fc.constantFrom("4054695723100768", "5162 7741 1497 4622", "3700-0099-0000-012"),
      expiryMonth: fc.constantFrom("1", "07", "12"),
      expiryYear: fc.constantFrom("39", "2039"),
      cardholderName: name,
      billingAddress: address,
    },
    { requiredKeys: ["cardNo", "expiryMonth", "expiryYear"] },
  )
  .chain((entered) => holders.map((holder) => ({ ...entered, ...holder })));

const browser = sparse({
  colorDepth: fc.constantFrom(1, 4, 8, 15, 16, 24, 30, 32, 48),
  screenHeight: fc.integer({ min: 1, max: 10_000 }),
  screenWidth: fc.integer({ min: 1, max: 10_000 }),
  timeZoneOffset: fc.integer({ min: -840, max: 720 }),
  language: fc.constantFrom("de-DE", "zh_CN", "en"),
  javaEnabled: fc.boolean(),
  javaScriptEnabled: fc.boolean(),
});

const BRANDS = fc.constantFrom("VISA", "CARTES_BANCAIRES", "SHINHAN");
const extras = seldom<object>(
  fc.record({ saveCard: fc.boolean() }),
  fc.record({ installments: fc.integer({ min: 2, max: 36 }) }),
  fc.record({ cardBrand: BRANDS }),
);

/** The kit's fields of a checkout's body, paying with that stored card where one is wanted. */
export const anyFields = (cardId: string): Arbitrary<Record<string, unknown>> =>
  fc
    .tuple(
      fc.oneof(
        sparse({ method: fc.constant("hosted") }),
        fc.record({ method: fc.constant("card"), card }),
        fc.record({ method: fc.constant("stored-card"), cardId: fc.constant(cardId) }),
        fc.record({ method: fc.constant("issuer-authentication") }),
      ),
      extras,
      sparse({ browser }),
    )
    .map((parts) => Object.assign({}, ...parts) as Record<string, unknown>);

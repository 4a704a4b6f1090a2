import type { Amount } from "./amount.js";
import type { PaymentMethodName } from "./method.js";
import type { CaptureMode } from "./payment.js";

/** A person's name, as Antom's `UserName`: where one is given, first and last name are needed. */
export interface UserName {
  readonly firstName: string;
  readonly middleName?: string;
  readonly lastName: string;
  readonly fullName?: string;
}

/** An address, as Antom's `Address`. */
export interface Address {
  /** Two letters of ISO 3166. */
  readonly region: string;
  readonly state?: string;
  readonly city?: string;
  readonly address1?: string;
  readonly address2?: string;
  readonly address3?: string;
  readonly zipCode?: string;
  /** A name for the address. */
  readonly label?: string;
}

/** The buyer, as Antom's `order.buyer`: lowers refusals. */
export interface Buyer {
  readonly referenceBuyerId?: string;
  readonly buyerName?: UserName;
  readonly buyerPhoneNo?: string;
  readonly buyerEmail?: string;
  /** ISO 8601. */
  readonly buyerRegistrationTime?: string;
  /** Whether their account with the shop is verified. */
  readonly isAccountVerified?: boolean;
  /** How many orders of theirs have succeeded. */
  readonly successfulOrderCount?: number;
}

/** Something bought, as Antom's `order.goods[]`: named by the shop's own id, or by a Price object's. */
export type Goods = GoodsDetails &
  (
    | { readonly referenceGoodsId: string; readonly priceId?: string }
    | { readonly referenceGoodsId?: string; readonly priceId: string }
  );

interface GoodsDetails {
  readonly goodsName: string;
  /** The parent category first, then the one in it, parted by slashes. */
  readonly goodsCategory?: string;
  readonly goodsUnitAmount?: Amount;
  readonly goodsDiscountAmount?: Amount;
  /** A whole number in digits. */
  readonly goodsQuantity?: string;
  readonly goodsUrl?: string;
  readonly goodsBrand?: string;
  readonly goodsSkuName?: string;
  readonly goodsImageUrl?: string;
  /** ISO 8601: when what was bought ends, such as a course. */
  readonly goodsEndsOnTime?: string;
  readonly deliveryMethodType?: "PHYSICAL" | "DIGITAL";
}

/** Where it goes, as Antom's `order.shipping`. */
export interface Shipping {
  readonly shippingName?: UserName;
  readonly shippingAddress?: Address;
  readonly shippingCarrier?: string;
  readonly shippingPhoneNo?: string;
  /** For what is delivered by e-mail. */
  readonly shipToEmail?: string;
  /** Which of the shop's ways to ship it is. */
  readonly shippingFeeId?: string;
  readonly shippingFee?: Amount;
  readonly shippingDescription?: string;
  /** Between how long and how long it takes. */
  readonly deliveryEstimate?: { readonly minimum?: DeliveryTime; readonly maximum?: DeliveryTime };
  /** The carrier's own number of what is sent. */
  readonly shippingNumber?: string;
  readonly notes?: string;
}

interface DeliveryTime {
  readonly unit: "YEAR" | "MONTH" | "DAY" | "HOUR" | "MINUTE" | "SECOND";
  readonly value: number;
}

/** The result of a 3-D Secure authentication that was done elsewhere (Merchant Plug-In), as Antom's `mpiData`. */
export interface MpiData {
  /** Such as "2.2.0". */
  readonly threeDSVersion: string;
  readonly eci: string;
  readonly cavv: string;
  /** From 3-D Secure 2 on. */
  readonly dsTransactionId?: string;
  readonly credentialType?: "PAN" | "NETWORK_TOKEN";
}

/** An instalment plan, or those to choose from, as Antom's `creditPayPlan`: it has one or the other. */
export interface CreditPayPlan {
  /** A whole number in digits, "2" to "36". */
  readonly installmentNum?: string;
  /** The numbers of instalments, 2 to 36, that the buyer may choose from on Antom's page; of no account beside `installmentNum`. */
  readonly filteredInstallmentPeriods?: readonly number[];
  readonly interval?: "MONTH";
  readonly creditPayFeeType?: "PERCENTAGE";
  /** 0 to 100: the share of the fee that the shop bears. */
  readonly feePercentage?: number;
}

/** The buyer's device, where the shop knows it better than the request tells: an app calls the shop's server, and that one the kit. Antom's `env`. */
export interface DeviceEnvironment {
  readonly terminalType?: "WEB" | "WAP" | "APP" | "MINI_APP";
  readonly osType?: "IOS" | "ANDROID";
  readonly clientIp?: string;
  readonly deviceTokenId?: string;
  readonly deviceId?: string;
  readonly deviceBrand?: string;
  readonly deviceModel?: string;
  readonly deviceLanguage?: string;
  readonly osVersion?: string;
  readonly extendInfo?: string;
}

/** What the shop's `order` function answers: what is bought, and for how much. */
export interface Order {
  /** The shop's own id of the order, at most 64 characters. The order has at most one live payment. */
  readonly orderId: string;
  /** What the buyer sees, at most 256 characters. */
  readonly description: string;
  readonly amount: Amount;
  /** "AUTOMATIC" (the default) takes the money as soon as it is authorized; with "MANUAL" the shop captures it. */
  readonly capture?: CaptureMode;
  /** The ways the buyer may choose from; all that the options allow when left out. */
  readonly method?: PaymentMethodName | readonly PaymentMethodName[];
  /** Whether 3-D Secure is asked for. False unless given; Antom or the issuer may ask for it all the same. */
  readonly is3DSAuthentication?: boolean;
  /** Whether Antom may move a payment to 3-D Secure that is declined without ("salvage"). Antom's default is true. */
  readonly enableAuthenticationUpgrade?: boolean;
  /** "ASKFORCONSENT" lets Antom's hosted page offer to keep the card. A buyer's `saveCard` sets it too. */
  readonly tokenizeMode?: "ASKFORCONSENT";
  /** Antom's `paymentMethodRegion`: which side of a card with two is charged, "GLOBAL" or a country; only where the shop collects the card. */
  readonly paymentMethodRegion?: string;
  /** A 3-D Secure result from elsewhere; only where the shop collects the card itself. */
  readonly mpiData?: MpiData;
  /** The numbers of instalments the buyer may choose from; any when left out, none when empty. */
  readonly installments?: readonly number[];
  /** The instalment plan, where the shop and not the buyer decides; or what the buyer may choose from on Antom's page. */
  readonly creditPayPlan?: CreditPayPlan;
  /** Milliseconds the buyer has to pay, 60 000 to 590 000; Antom's 14 minutes when left out. */
  readonly expiresIn?: number;
  /** Two letters: where the shop is, in place of the option of that name. */
  readonly merchantRegion?: string;
  /** What the shop knows of the buyer's device. */
  readonly env?: DeviceEnvironment;
  /** The mini app's own id, at most 32 characters: needed where `env.terminalType` is "MINI_APP". */
  readonly appId?: string;
  readonly buyer?: Buyer;
  /** At most 100. */
  readonly goods?: readonly Goods[];
  readonly shipping?: Shipping;
  /** What was taken off the order's price. */
  readonly orderDiscountAmount?: Amount;
  /** The order's subtotal. */
  readonly subTotalOrderAmount?: Amount;
  /** Three letters; where the contract with Antom has several. */
  readonly settlementCurrency?: string;
  /** The language of the buyer's pages, a BCP 47 tag; the browser's own when left out. */
  readonly locale?: string;
}

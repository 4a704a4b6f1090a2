import type { Amount } from "./amount.js";
import type { CaptureMode } from "./payment.js";

/** A person's name, as Antom's `UserName`. */
export interface UserName {
  readonly firstName?: string;
  readonly middleName?: string;
  readonly lastName?: string;
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
  readonly zipCode?: string;
}

/** The buyer, as Antom's `order.buyer`: lowers refusals. */
export interface Buyer {
  readonly referenceBuyerId?: string;
  readonly buyerName?: UserName;
  readonly buyerPhoneNo?: string;
  readonly buyerEmail?: string;
  /** ISO 8601. */
  readonly buyerRegistrationTime?: string;
}

/** Something bought, as Antom's `order.goods[]`. */
export interface Goods {
  readonly referenceGoodsId: string;
  readonly goodsName: string;
  readonly goodsCategory?: string;
  readonly goodsUnitAmount?: Amount;
  /** A whole number in digits. */
  readonly goodsQuantity?: string;
  readonly goodsUrl?: string;
  readonly goodsBrand?: string;
  readonly goodsSkuName?: string;
  readonly goodsImageUrl?: string;
  readonly deliveryMethodType?: "PHYSICAL" | "DIGITAL";
}

/** Where it goes, as Antom's `order.shipping`. */
export interface Shipping {
  readonly shippingName?: UserName;
  readonly shippingAddress?: Address;
  readonly shippingCarrier?: string;
  readonly shippingPhoneNo?: string;
  readonly shipToEmail?: string;
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
  readonly buyer?: Buyer;
  /** At most 100. */
  readonly goods?: readonly Goods[];
  readonly shipping?: Shipping;
  /** Three letters; where the contract with Antom has several. */
  readonly settlementCurrency?: string;
  /** The language of the buyer's pages, a BCP 47 tag; the browser's own when left out. */
  readonly locale?: string;
}

/** A stored card as the buyer and the shop see it: enough to tell one from another, and nothing that could be charged. */
export interface StoredCardView {
  readonly id: string;
  /** Antom's CardBrand, such as "VISA". */
  readonly cardBrand?: string;
  readonly lastFour?: string;
  /** Two digits. */
  readonly expiryMonth?: string;
  /** Two digits. */
  readonly expiryYear?: string;
  readonly funding?: string;
  readonly issuingCountry?: string;
  /** Antom's `paymentMethodRegion`: only "GLOBAL" cards can be charged with nobody there. */
  readonly paymentMethodRegion?: string;
}

/** A card as it is kept, for one buyer. Never its number; its token sealed. */
export interface StoredCard extends StoredCardView {
  /** The shop's own id of the buyer whose card it is. */
  readonly buyer: string;
  /** 1 when it is first put, then 2, 3, ...; the storage's compare-and-set goes by it. */
  readonly version: number;
  /** Antom's card token, encrypted and bound to this card and buyer. */
  readonly sealedToken: string;
  /** Of the payment in which the buyer agreed, told to the schemes when the card is charged with nobody there. */
  readonly networkTransactionId?: string;
  /** That the buyer agreed: when, where, and in which payment. */
  readonly consent: { readonly at: number; readonly by: "shop" | "antom"; readonly payment: string };
  /** The issuer's network said not to charge it again (merchant advice code 03 or 21). */
  readonly stopped?: { readonly at: number; readonly adviceCode: string };
  /** Epoch milliseconds, as is the time below. */
  readonly createdAt: number;
  readonly updatedAt: number;
}

export const storedCardView = (card: StoredCard): StoredCardView => {
  const { id, cardBrand, lastFour, expiryMonth, expiryYear, funding, issuingCountry, paymentMethodRegion } = card;
  const view = { id, cardBrand, lastFour, expiryMonth, expiryYear, funding, issuingCountry, paymentMethodRegion };
  return Object.fromEntries(
    Object.entries(view).filter(([, value]) => value !== undefined),
  ) as unknown as StoredCardView;
};

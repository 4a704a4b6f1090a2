import { expect } from "chai";
import { impossibilities, type Contract } from "../../lib/payment/combination.js";
import { ANTOM, APO, BRAZILIAN, CARD, DOLLARS, KOREAN, MPI, WON, wish, type Given } from "./a-wish.js";

describe("what can be combined", () => {
  const POSSIBLE: Readonly<Record<string, Given & { readonly contract?: Contract }>> = {
    "documents 000, 001, 003 and 004: the hosted page": { order: { settlementCurrency: "EUR" } },
    "documents 000, 001, 003 and 004: server to server": { card: CARD },
    "document 002: the shop's own form for an orchestration account": { card: CARD, contract: APO },
    "document 002: 3-D Secure for an orchestration account": {
      card: CARD,
      order: { is3DSAuthentication: true, enableAuthenticationUpgrade: false },
      contract: APO,
    },
    "document 002: a result from elsewhere for an orchestration account": {
      card: CARD,
      order: { mpiData: MPI },
      contract: APO,
    },
    "document 002: a stored card for an orchestration account": { method: "stored-card", contract: APO },
    "document 004: a Korean card its issuer authenticates, captured by hand by contract": {
      method: "issuer-authentication",
      choice: { cardBrand: "SAMSUNG" },
      order: { amount: WON, capture: "MANUAL", settlementCurrency: "USD" },
      contract: { ...ANTOM, koreanManualCapture: true },
    },
    "document 003: the same, captured automatically": {
      method: "issuer-authentication",
      order: { amount: WON, capture: "AUTOMATIC" },
    },
    "documents 000, 003 and 004: a Korean card without its issuer's page": { card: KOREAN, order: { amount: WON } },
    "the hosted page with 3-D Secure, the upgrade and consent to keep the card": {
      order: { is3DSAuthentication: true, enableAuthenticationUpgrade: true, tokenizeMode: "ASKFORCONSENT" },
    },
    "the hosted page with saveCard": { saveCard: true },
    "the shop's own form with saveCard and a brand": {
      card: CARD,
      saveCard: true,
      choice: { cardBrand: "CARTES_BANCAIRES" },
    },
    "the shop's own form with a region": { card: CARD, order: { paymentMethodRegion: "GLOBAL" } },
    "a result from elsewhere, captured by hand": { card: CARD, order: { mpiData: MPI, capture: "MANUAL" } },
    "a Brazilian card with its own fields, in instalments": {
      card: BRAZILIAN,
      choice: { installments: 12 },
      order: { amount: { currency: "BRL", value: "10000" }, capture: "MANUAL" },
      merchantRegion: "BR",
    },
    "a stored card in instalments, with 3-D Secure": {
      method: "stored-card",
      choice: { cardId: "CARD1", installments: 3 },
      order: { is3DSAuthentication: true },
    },
    "a Korean card in instalments": {
      method: "issuer-authentication",
      choice: { cardBrand: "BC", installments: 3 },
      order: { amount: WON },
    },
    "instalments in the United States, captured automatically": {
      card: CARD,
      choice: { installments: 3 },
      order: { amount: DOLLARS },
      merchantRegion: "US",
    },
    "a charge without the buyer, captured by hand": {
      method: "stored-card",
      choice: { cardId: "CARD1" },
      recurringType: "UNSCHEDULED",
      order: { capture: "MANUAL" },
    },
  };
  for (const [what, { contract = ANTOM, ...given }] of Object.entries(POSSIBLE)) {
    it(`is ${what}`, () => {
      expect(impossibilities(wish(given), contract)).to.deep.equal([]);
    });
  }
});

import { KOREAN_BRANDS } from "../../payment/card-brand.js";
import type { Settings } from "../options.js";
import { Refusal } from "../result.js";
import type { Way } from "./payment-mode.js";
import type { CardMetaData, PayRequest } from "./schema/pay.js";
import { isSet } from "./schema/shapes.js";

const META_DATA = "paymentMethod.paymentMethodMetaData";

/** Fields that make no sense with a way to pay, and why. */
const MISPLACED: Readonly<Record<Way, readonly (readonly [why: string, fields: readonly (keyof CardMetaData)[]])[]>> = {
  hosted: [
    ["is for requests that bring the card's number", ["cvv", "expiryMonth", "expiryYear", "cpf", "payerEmail"]],
    ["is for requests that bring the card's number", ["dateOfBirth", "businessNo", "cardPasswordDigest", "mpiData"]],
    ["is for requests that bring the card's number; the hosted page has tokenizeMode", ["tokenize"]],
    ["is for requests that bring a card", ["selectedCardBrand"]],
    ["is for requests that bring a card token", ["recurringType", "networkTransactionId", "isCardOnFile"]],
  ],
  card: [
    ["is for the hosted page; a request that brings the card has tokenize", ["tokenizeMode"]],
    ["needs a card token (paymentMethodId)", ["recurringType"]],
  ],
  token: [
    ["does not go with a card token", ["cardNo", "expiryMonth", "expiryYear", "mpiData", "tokenize", "tokenizeMode"]],
    ["does not go with a card token", ["dateOfBirth", "businessNo", "cardPasswordDigest"]],
  ],
  issuer: [
    ["does not go with issuer authentication", ["cardNo", "cvv", "expiryMonth", "expiryYear", "mpiData"]],
    ["does not go with issuer authentication", ["dateOfBirth", "businessNo", "cardPasswordDigest", "isCardOnFile"]],
    ["does not go with issuer authentication", ["is3DSAuthentication", "tokenize", "tokenizeMode", "recurringType"]],
  ],
};

/** @throws Refusal for fields that contradict one another, whatever the card */
export function checkPaymentMethod(request: PayRequest, way: Way, settings: Settings): void {
  const { paymentMethod } = request;
  const data = paymentMethod.paymentMethodMetaData ?? {};
  if (settings.account === "apo") checkOrchestration(request, way, data);
  for (const [why, fields] of MISPLACED[way]) {
    const field = fields.find((name) => isGiven(data[name]));
    if (field !== undefined) throw contradiction(`${field} ${why}.`);
  }
  if (way === "issuer") checkIssuerAuthentication(request, data, settings);
  if (way === "token") checkToken(data);
  if (data.mpiData !== undefined) checkMpi(data);
}

/** What the orchestration's edition of the documents leaves out. */
function checkOrchestration({ creditPayPlan }: PayRequest, way: Way, data: CardMetaData): void {
  if (way === "hosted" || way === "issuer") {
    throw new Refusal("PARAM_ILLEGAL", `${META_DATA}.cardNo is missing; this account has no hosted page.`);
  }
  if (creditPayPlan !== undefined)
    throw new Refusal("PARAM_ILLEGAL", "creditPayPlan: this account has no instalments.");
  if (isGiven(data.selectedCardBrand) || isGiven(data.paymentMethodRegion)) {
    throw contradiction("selectedCardBrand: this account has no choice of brand.");
  }
}

function checkIssuerAuthentication(
  { paymentAmount, paymentMethod, paymentFactor }: PayRequest,
  { selectedCardBrand }: CardMetaData,
  { issuerAuthenticationManualCapture }: Settings,
): void {
  if (paymentAmount.currency !== "KRW") {
    throw new Refusal("CURRENCY_NOT_SUPPORT", "Issuer authentication is for KRW.");
  }
  if (paymentMethod.paymentMethodId !== undefined) {
    throw contradiction("paymentMethodId does not go with issuer authentication.");
  }
  if (selectedCardBrand !== undefined && !KOREAN_BRANDS.some((brand) => brand === selectedCardBrand)) {
    throw new Refusal("SELECTED_CARD_BRAND_NOT_AVAILABLE", "Issuer authentication is for Korean card brands.");
  }
  if (paymentFactor?.captureMode === "MANUAL" && !issuerAuthenticationManualCapture) {
    throw new Refusal("INVALID_CONTRACT", "Issuer authentication is captured automatically on this account.");
  }
}

function checkToken({ isCardOnFile, recurringType, networkTransactionId, is3DSAuthentication }: CardMetaData): void {
  if (!isSet(isCardOnFile)) throw new Refusal("PARAM_ILLEGAL", `${META_DATA}.isCardOnFile must be true with a token.`);
  if (!isGiven(recurringType)) return;
  if (!isGiven(networkTransactionId)) {
    throw new Refusal("PARAM_ILLEGAL", `${META_DATA}.networkTransactionId is missing.`);
  }
  if (isSet(is3DSAuthentication)) throw contradiction("is3DSAuthentication needs a buyer, recurringType means none.");
}

function checkMpi({ is3DSAuthentication, mpiData }: CardMetaData): void {
  if (isSet(is3DSAuthentication)) {
    throw contradiction("mpiData is the result of a 3-D Secure run elsewhere; is3DSAuthentication would run another.");
  }
  const hasPassed = mpiData !== undefined && ["01", "02", "05", "06"].includes(mpiData.eci);
  if (hasPassed && mpiData.cavv === "") throw new Refusal("PARAM_ILLEGAL", `${META_DATA}.mpiData.cavv is empty.`);
}

const contradiction = (message: string): Refusal => new Refusal("INVALID_PAYMENT_METHOD_META_DATA", message);

const isGiven = (value: unknown): boolean =>
  value !== undefined && value !== "" && value !== false && value !== "false";

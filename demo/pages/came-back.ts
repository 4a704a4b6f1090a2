import type { Decline, PaymentView } from "../../lib/index.js";
import { amountText } from "../shop/currency.js";
import { brandName } from "./brands.js";
import { countryName } from "./countries.js";
import { html, type Html } from "./html.js";
import { timeOf } from "./time.js";

type Info = NonNullable<PaymentView["resultInfo"]>;
type ThreeDS = NonNullable<NonNullable<PaymentView["checks"]>["threeDS"]>;

/** What Antom told of a payment: for the shop's staff, and here for whoever tries the kit. A shop of your own shows its buyers less. */
export function cameBack(payment: PaymentView): Html {
  const { decline, conflicts } = payment;
  return html`<h2 id="came-back">What came back</h2>
    <dl class="facts">${money(payment)} ${cardFacts(payment)} ${checkFacts(payment)} ${record(payment)}</dl>
    ${decline !== undefined && declined(decline)}
    ${conflicts.map(({ code }) => html`<p class="note bad">Somebody should look at this payment: <code>${code}</code></p>`)}`;
}

const fact = (name: string, value: Html | string | undefined | false): Html | undefined =>
  value === undefined || value === false
    ? undefined
    : html`<div>
        <dt>${name}</dt>
        <dd>${value}</dd>
      </div>`;

const money = (payment: PaymentView): Html => {
  const { status, amount, captureMode, authorizedAmount, capturedAmount, refundedAmount, actualAmount } = payment;
  const text = (value: string): string => amountText({ currency: amount.currency, value });
  const until = status === "authorized" ? payment.authorizationExpiresAt : undefined;
  return html`${fact("Status", html`<span class="tag">${status}</span>`)} ${fact("Authorized", text(authorizedAmount))}
  ${fact("Held until", until !== undefined && timeOf(until))} ${fact("Captured", text(capturedAmount))}
  ${fact("Refunded", refundedAmount !== "0" && text(refundedAmount))}
  ${fact("Actual amount", actualAmount && amountText(actualAmount))}
  ${fact("Capture", captureMode === "AUTOMATIC" ? "automatic" : "by the shop")}`;
};

const METHODS: Readonly<Record<PaymentView["method"], string>> = {
  hosted: "Antom's page",
  card: "card, entered in the shop",
  "stored-card": "saved card",
  "issuer-authentication": "the card company's page",
};

const cardFacts = ({ method, recurringType, buyerNeeded, storedCardId, resultInfo = {} }: PaymentView): Html => {
  const { funding, issuingCountry, issuerName, networkTransactionId, creditPayPlan } = resultInfo;
  const kind = [funding?.toLowerCase(), issuerName].filter((part) => part !== undefined && part !== "");
  return html`${fact("Way to pay", METHODS[method])}
  ${fact("Nobody there", recurringType && `${recurringType.toLowerCase()} charge`)}
  ${fact("Why it was cancelled", buyerNeeded === true && "the bank wanted to ask the buyer")}
  ${fact("Card", cardText(resultInfo))} ${fact("Kind", kind.length > 0 && kind.join(", "))}
  ${fact("Issued in", issuingCountry !== undefined && issuingCountry !== "" && countryName(issuingCountry))}
  ${fact("Instalments", creditPayPlan && planText(creditPayPlan))}
  ${fact("Kept for next time", storedCardId !== undefined && html`<a href="/cards">yes</a>`)}
  ${fact("Network transaction", networkTransactionId && html`<code>${networkTransactionId}</code>`)}`;
};

const cardText = ({ cardBrand, lastFour, cardNo }: Info): Html | undefined => {
  if (cardBrand === undefined && lastFour === undefined && cardNo === undefined) return undefined;
  const four = lastFour ?? cardNo?.slice(-4);
  return html`${brandName(cardBrand)} ${four !== undefined && `ending in ${four}`}`;
};

const planText = ({ installmentNum, interestRate }: NonNullable<Info["creditPayPlan"]>): string =>
  [
    installmentNum === undefined ? "yes" : `${installmentNum} months`,
    interestRate === undefined ? undefined : interestRate === 0 ? "no interest" : `${interestRate} % interest`,
  ]
    .filter((part) => part !== undefined)
    .join(", ");

const coded = (code: string | undefined, meaning: string): Html =>
  html`${code !== undefined && html`<code>${code}</code>`} ${meaning}`;

const checkFacts = ({ checks = {} }: PaymentView): Html => {
  const { avs, cvv, threeDS, exemptionRequested } = checks;
  return html`${fact("Address (AVS)", avs && coded(avs.code, avs.meaning))}
  ${fact("Security code (CVV)", cvv && coded(cvv.code, cvv.meaning))} ${threeDS && threeDSFacts(threeDS)}
  ${fact("Exemption asked for", exemptionRequested && coded(exemptionRequested.code, exemptionRequested.meaning))}`;
};

const threeDSFacts = ({ version, eci, meaning, challenged, exemption, challengeCancelled }: ThreeDS): Html =>
  html`${fact(
    `3-D Secure${version === undefined || version === "" ? "" : ` ${version}`}`,
    html`${coded(eci === undefined ? undefined : `ECI ${eci}`, meaning)}
    ${challenged !== undefined && (challenged ? "The buyer was asked." : "The buyer was not asked.")}`,
  )}
  ${fact("Exemption", exemption && coded(exemption.code, exemption.meaning))}
  ${fact("The question ended", challengeCancelled && coded(challengeCancelled.code, challengeCancelled.meaning))}`;

const record = ({ id, updatedAt, acquirerInfo }: PaymentView): Html =>
  html`${fact("Acquirer", acquirerInfo?.acquirerName)} ${fact("Last change", timeOf(updatedAt))}
  ${fact("Payment", html`<code>${id}</code>`)}`;

/** What staff may know and a buyer may not. */
const declined = (decline: Decline): Html => {
  const { code, reason, actor, meaning, sameCard, otherCard, later } = decline;
  const { adviceCode, adviceMeaning, retryAfter, rawCode, rawMeaning } = decline;
  const ways = [sameCard && "the same card now", otherCard && "another card", later && "the same card later"];
  const helps = ways.filter((way) => way !== false).join(", ");
  return html`<section class="staff" aria-labelledby="staff">
    <h3 id="staff">For the shop's staff</h3>
    <p class="quiet">Shown here to whoever tries the kit; a shop never tells its buyers.</p>
    <dl class="facts">
      ${fact("Antom's code", coded(code, meaning))} ${fact("Reason", html`<span class="tag">${reason}</span>`)}
      ${fact("Who can act", actor)} ${fact("What can help", helps === "" ? "nothing" : helps)}
      ${fact("The bank's code", rawCode !== undefined && coded(rawCode, rawMeaning ?? ""))}
      ${fact("Advice", adviceCode !== undefined && coded(adviceCode, adviceMeaning ?? ""))}
      ${fact("Leave the card alone for", retryAfter !== undefined && durationText(retryAfter))}
    </dl>
  </section>`;
};

const durationText = (ms: number): string => {
  const hours = ms / 3_600_000;
  return hours < 48 ? `${hours} hour${hours === 1 ? "" : "s"}` : `${hours / 24} days`;
};

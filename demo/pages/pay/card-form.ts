import { amountText } from "../../shop/currency.js";
import { brandName, CO_BADGE_BRANDS, KOREAN_BRANDS } from "../brands.js";
import { COUNTRIES } from "../countries.js";
import { html, type Html } from "../html.js";
import { cardsToTry } from "./cards-to-try.js";
import { box, input, select } from "./field.js";
import { installments } from "./installments.js";
import { isBegun, payButton, payForm, waitingAt, type PayParts } from "./pay-parts.js";
import { switches } from "./switches.js";
import { fillOf, type Filled } from "./test-card-fill.js";

const NUMERIC = html`inputmode="numeric"`;

/** The shop's own card form. Its fields have Antom's names, so that it works with script and without. */
export function cardForm(parts: PayParts): Html {
  const { order, tried } = parts;
  const { currency } = order.amount;
  const filled = tried === undefined ? {} : fillOf(tried);
  const waiting = isBegun(parts, "card") ? waitingAt(parts) : undefined;
  return html`${waiting !== undefined && goOn(waiting, parts)} ${cardsToTry(order.id, currency, tried)}
  ${payForm(
    parts,
    "card",
    html`${cardFields(filled, currency)} ${currency === "KRW" ? koreanFields(filled) : undefined}
      ${addressFields(filled)} ${localFields(filled, currency)}
      ${box("saveCard", "true", html`Keep this card for next time, and for a subscription if I start one`, filled)}
      ${installments(parts, "card")} ${payButton(parts, "card")} ${switches(parts, "card", filled)}
      <p class="quiet promise">The shop sends your card on to Antom and forgets it.</p>`,
  )}`;
}

const goOn = (url: string, { order }: PayParts): Html =>
  html`<div class="note waiting">
    <p>Your bank is waiting for you to confirm the payment.</p>
    <p><a class="button" href="${url}">Go on and pay ${amountText(order.amount)}</a></p>
    <p>Or enter a card anew; the payment that has begun is then cancelled.</p>
  </div>`;

const cardFields = (filled: Filled, currency: string): Html =>
  html`<div class="row">
      <div class="number w12">
        ${input(
          {
            name: "card[cardNo]",
            label: "Card number",
            wrong: "This is not a card number. A digit may be missing or wrong.",
            attributes: html`autocomplete="cc-number" ${NUMERIC} maxlength="64" required data-card-number`,
          },
          filled,
        )}
        <output for="f-card-cardNo" class="brand" data-brand></output>
      </div>
    </div>
    <div class="row">
      <fieldset class="expiry w7">
        <legend>Expires</legend>
        <div class="row">
          ${input(
            {
              name: "card[expiryMonth]",
              label: "Month",
              width: 6,
              wrong: "A month from 01 to 12.",
              attributes: html`autocomplete="cc-exp-month" ${NUMERIC} maxlength="2" placeholder="MM" required`,
            },
            filled,
          )}
          ${input(
            {
              name: "card[expiryYear]",
              label: "Year",
              width: 6,
              wrong: "The year is not right, or the card has expired.",
              attributes: html`autocomplete="cc-exp-year" ${NUMERIC} maxlength="4" placeholder="YY" required`,
            },
            filled,
          )}
        </div>
      </fieldset>
      ${input(
        {
          name: "card[cvv]",
          label: "Security code",
          width: 5,
          wrong:
            currency === "KRW"
              ? "3 or 4 digits. With a Korean card, what is asked for below."
              : "3 digits, or 4 on American Express.",
          attributes: html`autocomplete="cc-csc" ${NUMERIC} maxlength="4" ${currency !== "KRW" && html`required`}`,
        },
        filled,
      )}
    </div>
    <div class="row">
      ${input(
        {
          name: "card[cardholderName][firstName]",
          label: "First name",
          width: 6,
          attributes: html`autocomplete="cc-given-name" maxlength="32"`,
        },
        filled,
      )}
      ${input(
        {
          name: "card[cardholderName][lastName]",
          label: "Last name",
          width: 6,
          attributes: html`autocomplete="cc-family-name" maxlength="32"`,
        },
        filled,
      )}
    </div>`;

const koreanFields = (filled: Filled): Html =>
  html`<fieldset class="group">
    <legend>Cards issued in Korea</legend>
    <p class="quiet">In place of the security code. Leave this empty with any other card.</p>
    <div class="row">
      ${input(
        {
          name: "card[dateOfBirth]",
          label: "Date of birth",
          width: 6,
          wrong: "Your date of birth, or your business number for a company's card.",
          attributes: html`type="date" autocomplete="bday"`,
        },
        filled,
      )}
      ${input(
        {
          name: "card[businessNo]",
          label: "Or business number",
          width: 6,
          wrong: "Ten digits, and only for a company's card: with no date of birth.",
          attributes: html`${NUMERIC} maxlength="10" autocomplete="off" placeholder="10 digits"`,
        },
        filled,
      )}
      ${input(
        {
          name: "card[cardPasswordDigest]",
          label: "First two digits of the PIN",
          width: 6,
          wrong: "The first two digits of your card's PIN.",
          attributes: html`type="password" ${NUMERIC} maxlength="2" autocomplete="off"`,
        },
        filled,
      )}
    </div>
  </fieldset>`;

const addressFields = (filled: Filled): Html => {
  const field = (name: string, label: string, width: 4 | 5 | 8 | 12, attributes: Html): Html =>
    input({ name: `card[billingAddress][${name}]`, label, width, attributes }, filled);
  return html`<details class="fold" ${filled["card[billingAddress][region]"] !== undefined && html`open`}>
    <summary>Billing address <span class="quiet">helps your bank to say yes</span></summary>
    <div class="row">
      ${select(
        {
          name: "card[billingAddress][region]",
          label: "Country",
          width: 7,
          wrong: "Choose the country of this address.",
          attributes: html`autocomplete="billing country"`,
        },
        "Choose",
        COUNTRIES.map(({ code, name }) => ({ value: code, text: name })),
        filled["card[billingAddress][region]"],
      )}
      ${field("zipCode", "Postal code", 5, html`autocomplete="billing postal-code" maxlength="32"`)}
      ${field("address1", "Street and number", 12, html`autocomplete="billing address-line1" maxlength="256"`)}
      ${field("city", "City", 8, html`autocomplete="billing address-level2" maxlength="32"`)}
      ${field("state", "State", 4, html`autocomplete="billing address-level1" maxlength="8"`)}
    </div>
  </details>`;
};

const localFields = (filled: Filled, currency: string): Html => {
  const brands: readonly string[] = [...CO_BADGE_BRANDS, ...(currency === "KRW" ? KOREAN_BRANDS : [])];
  return html`<details class="fold" ${filled["card[payerEmail]"] !== undefined && html`open`}>
    <summary>Two brands, or a card of Brazil, Chile, Mexico or Peru</summary>
    <div class="row">
      ${select(
        { name: "cardBrand", id: "card-brand", label: "Brand to pay with", hint: "if it has two", width: 12 },
        "The card's first",
        brands.map((value) => ({ value, text: brandName(value) })),
        undefined,
      )}
      ${input(
        {
          name: "card[payerEmail]",
          label: "E-mail",
          width: 6,
          attributes: html`type="email" autocomplete="email" maxlength="64"`,
        },
        filled,
      )}
      ${input(
        {
          name: "card[cpf]",
          label: "CPF",
          hint: "Brazil",
          width: 6,
          wrong: "A CPF has eleven digits.",
          attributes: html`${NUMERIC} maxlength="14" autocomplete="off" placeholder="11 digits"`,
        },
        filled,
      )}
    </div>
  </details>`;
};

import type { PaymentView } from "../../payment/event.js";
import type { Decline } from "../../payment/meaning/decline.js";
import { html, type SafeHtml } from "../html.js";
import { cardText } from "./card-text.js";
import { factsList } from "./facts-list.js";
import { spanText } from "./time-text.js";

const METHODS: Readonly<Record<PaymentView["method"], string>> = {
  hosted: "Card, on Antom's page",
  card: "Card, in the shop's own form",
  "stored-card": "Stored card",
  "issuer-authentication": "Korean card, on its issuer's page",
};

/** The card and what its checks said, in words. */
export function cardSection(payment: PaymentView): SafeHtml {
  const { method, recurringType, resultInfo: info = {}, checks, storedCardId } = payment;
  const { threeDS } = checks ?? {};
  const { expiryMonth, expiryYear, issuerName, issuingCountry, creditPayPlan: plan } = info;
  return html`<section aria-labelledby="card">
    <h2 id="card">Card</h2>
    ${factsList([
      ["Card", cardText(payment) ?? "not known yet"],
      ["Way", METHODS[method]],
      ["Charged without the buyer", recurringType?.toLowerCase()],
      ["Expires", expiryMonth !== undefined && expiryYear !== undefined && `${expiryMonth}/${expiryYear}`],
      ["Issued by", [issuerName, issuingCountry].filter((part) => part !== undefined).join(", ") || undefined],
      [
        "Kind",
        [info.funding, info.cardCategory]
          .filter((part) => part !== undefined)
          .join(", ")
          .toLowerCase() || undefined,
      ],
      ["Instalments", plan?.installmentNum],
      ["Address check", checks?.avs && `${checks.avs.meaning} (${checks.avs.code})`],
      ["Security digits", checks?.cvv && `${checks.cvv.meaning} (${checks.cvv.code})`],
      ["3-D Secure", threeDS && `${threeDS.meaning}${threeDS.eci === undefined ? "" : ` (ECI ${threeDS.eci})`}`],
      ["Challenged", threeDS?.challenged === undefined ? undefined : threeDS.challenged ? "yes" : "no"],
      ["Challenge ended early", threeDS?.challengeCancelled?.meaning],
      ["Exemption", (threeDS?.exemption ?? checks?.exemptionRequested)?.meaning],
      ["Authorization code", info.authorizationCode],
      ["Stored card", storedCardId],
    ])}
  </section>`;
}

const ACTORS: Readonly<Record<Decline["actor"], string>> = {
  buyer: "the buyer",
  shop: "the shop",
  nobody: "nobody; it may pass",
};

/** Why it failed and what can help. */
export function declineNotice(decline: Decline): SafeHtml {
  const { code, meaning, actor, sameCard, otherCard, later, retryAfter, adviceMeaning, rawCode, rawMeaning } = decline;
  const ways = [sameCard && "the same card again", otherCard && "another card", later && "the same card later"].filter(
    (way) => way !== false,
  );
  return html`<div class="notice bad">
    <h2>${meaning}</h2>
    <p>
      Who can do something: ${ACTORS[actor]}. What can help:
      ${ways.length === 0 ? "nothing that is known" : ways.join(", ")}.
      ${retryAfter !== undefined && `Leave the card alone for ${spanText(retryAfter)}.`}
    </p>
    <p class="hint">
      ${code !== undefined && `Antom's code: ${code}.`}
      ${rawCode !== undefined && ` The bank's code: ${rawCode}${rawMeaning === undefined ? "" : `: ${rawMeaning}`}`}
      ${adviceMeaning !== undefined && ` The card scheme's advice: ${adviceMeaning}`}
    </p>
  </div>`;
}

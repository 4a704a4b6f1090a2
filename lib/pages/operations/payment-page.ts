import type { AntomErrorCode } from "../../errors.js";
import { sameAmount } from "../../payment/amount.js";
import { attentionOf } from "../../payment/attention.js";
import { viewOf } from "../../payment/event.js";
import { explained } from "../../payment/meaning/explanation.js";
import type { Operation, OperationKind } from "../../payment/operation.js";
import type { Payment } from "../../payment/payment.js";
import { html, type SafeHtml } from "../html.js";
import { cardSection, declineNotice } from "./card-section.js";
import { conflictsSection } from "./conflicts-section.js";
import { disputesSection } from "./disputes-section.js";
import { factsList } from "./facts-list.js";
import { renderFrame, type Seat } from "./frame.js";
import { moneySection } from "./money-section.js";
import { moneyText } from "./money-text.js";
import type { Move } from "./move.js";
import { movesSection } from "./moves-section.js";
import { operationNotice, reloadHead } from "./operation-notice.js";
import { operationsSection } from "./operations-section.js";
import { stillHeld } from "./still-held.js";
import { timeOf } from "./time-text.js";
import type { Timeline } from "./timeline.js";
import { timelineSection } from "./timeline-section.js";
import { WATCH_SCRIPT } from "./watch-script.js";
import { ATTENTION_WORDS, standingBadges } from "./words.js";

/** What the page says on top of it. */
export interface Said {
  readonly text: string;
  /** Of what went wrong. */
  readonly error?: AntomErrorCode;
}

export interface PaymentPage extends Seat {
  readonly payment: Payment;
  readonly moves: readonly Move[];
  readonly timeline: Timeline;
  /** Who asked for each operation, by its id. */
  readonly askers: ReadonlyMap<string, string>;
  /** What has just been asked for, whose outcome the page tells or waits for. */
  readonly asked?: Operation | undefined;
  /** How something went that is no operation. */
  readonly said?: Said | undefined;
  /** The tokens of the page's own forms, for who may move money. */
  readonly tokens?: { readonly inquire: string; readonly review: string } | undefined;
}

/** Everything about one payment. */
export function paymentPage({ payment, moves, timeline, askers, asked, said, tokens, ...seat }: PaymentPage): string {
  const { id, amount, operations, conflicts, disputes } = payment;
  const view = explained(viewOf(payment));
  const { root } = seat;
  const move = (wanted: OperationKind): Move | undefined => moves.find(({ kind }) => kind === wanted);
  const capture = move("capture");
  const watched = asked ?? operations.find(({ status }) => status === "pending");
  const title = `Payment of ${moneyText(amount.value, amount.currency)}`;
  return renderFrame({
    ...seat,
    title: `${title}, order ${payment.orderId}`,
    here: "payments",
    head: watched === undefined ? undefined : reloadHead(watched, timeline.now),
    script: watched?.status === "pending" ? WATCH_SCRIPT : undefined,
    body: html`
      <h1>${title} ${standingBadges(payment)}</h1>
      ${said !== undefined && saidNotice(said)} ${watched !== undefined && operationNotice(watched, payment, root + id)}
      ${conflicts.length > 0 && conflictsSection({ payment, root, token: tokens?.review })} ${attentionNotices(payment)}
      ${view.decline !== undefined && declineNotice(view.decline)}
      <div class="columns">
        ${moneySection({
          currency: amount.currency,
          asked: amount.value,
          authorized: payment.authorizedAmount,
          captured: payment.capturedAmount,
          refunded: payment.refundedAmount,
          held: stillHeld(payment, capture, timeline.now),
          left: capture?.amount,
          refundable: move("refund")?.amount,
        })}
        ${paymentSection(payment, root)}
      </div>
      ${tokens !== undefined && movesSection({ id, currency: amount.currency, moves, root, inquireToken: tokens.inquire })}
      ${timelineSection(timeline)} ${operationsSection(payment, askers)}
      ${disputes.length > 0 && disputesSection(disputes)} ${cardSection(view)}
    `,
  });
}

const saidNotice = ({ text, error }: Said): SafeHtml =>
  error === undefined
    ? html`<div class="notice good" role="status"><p>${text}</p></div>`
    : html`<div class="notice bad" role="alert">
        <p>${text}</p>
        <p class="hint">Error: <code>${error}</code></p>
      </div>`;

/** The conflicts have a place of their own. */
const attentionNotices = (payment: Payment): SafeHtml[] =>
  attentionOf(payment)
    .filter((attention) => attention !== "conflict")
    .map((attention) => {
      const [short, long] = ATTENTION_WORDS[attention];
      return html`<div class="notice bad">
        <h2>${short}</h2>
        <p>${long}</p>
      </div>`;
    });

const paymentSection = (payment: Payment, root: string): SafeHtml => {
  const { id, orderId, buyer, paymentId, captureMode, createdAt, authorizedAt, authorizationExpiresAt, actualAmount } =
    payment;
  // Antom tells it of what is only held too, so it says nothing of what was paid.
  const isOther = actualAmount !== undefined && !sameAmount(actualAmount, payment.amount);
  return html`<section aria-labelledby="payment">
    <h2 id="payment">Payment</h2>
    ${factsList([
      ["Order", html`<a href="${root}?orderId=${encodeURIComponent(orderId)}">${orderId}</a>`],
      ["Buyer", buyer !== undefined && html`<a href="${root}?buyer=${encodeURIComponent(buyer)}">${buyer}</a>`],
      ["Opened", timeOf(createdAt)],
      ["Authorized", authorizedAt !== undefined && timeOf(authorizedAt)],
      [
        "Hold ends",
        payment.status === "authorized" && authorizationExpiresAt !== undefined && timeOf(authorizationExpiresAt),
      ],
      ["Capture", captureMode === "AUTOMATIC" ? "by Antom, automatically" : "by the shop"],
      ["Buyer agreed to", isOther && moneyText(actualAmount.value, actualAmount.currency)],
      ["Id", html`<span class="id">${id}</span>`],
      ["Antom's id", paymentId !== undefined && html`<span class="id">${paymentId}</span>`],
      ["Acquirer", payment.acquirerInfo?.acquirerName],
      ["Bank's reference (ARN)", payment.acquirerReferenceNo],
    ])}
  </section>`;
};

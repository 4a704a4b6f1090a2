import type { OperationKind } from "../../payment/operation.js";
import type { Payment } from "../../payment/payment.js";
import { html } from "../html.js";
import { cardText } from "./card-text.js";
import { factsList } from "./facts-list.js";
import { renderFrame, type Seat } from "./frame.js";
import { moneyText } from "./money-text.js";
import { MOVE_WORDS } from "./move.js";

export interface ConfirmPage extends Seat {
  readonly payment: Payment;
  readonly kind: OperationKind;
  /** Minor units; none for a void. */
  readonly amount?: string | undefined;
  /** What it is a part of: all that can be captured or refunded, or what is held now. Minor units. */
  readonly whole: string;
  readonly reason?: string | undefined;
  /** The form's token; none where it cannot be done. */
  readonly token?: string | undefined;
  /** Why it cannot be done so. */
  readonly problem?: string | undefined;
}

/** Asks once more before money moves, naming the money and the payment. Its form can be sent twice and is one command. */
export function confirmPage({ payment, kind, amount, whole, reason, token, problem, ...seat }: ConfirmPage): string {
  const { id, orderId, buyer } = payment;
  const { root } = seat;
  const { title, what } = MOVE_WORDS[kind];
  const back = html`<a class="second button" href="${root}${id}">Back to the payment</a>`;
  const question =
    problem === undefined ? questionOf({ payment, kind, amount, whole }) : `${title}: not possible like this`;
  return renderFrame({
    ...seat,
    title: question,
    here: "payments",
    body: html`
      <h1>${question}</h1>
      ${problem !== undefined && html`<div class="notice bad" role="alert"><p>${problem}</p></div>`}
      <section aria-label="About the payment">
        ${factsList([
          ["Order", orderId],
          ["Buyer", buyer],
          ["Card", cardText(payment)],
          ["Payment", html`<span class="id">${id}</span>`],
          ["Why", reason],
        ])}
      </section>
      ${
        token === undefined
          ? html`<div class="buttons">${back}</div>`
          : html`<p>${what} This cannot be taken back.</p>
              <form method="post" action="${root}${id}/${kind}">
                <input type="hidden" name="form" value="${token}" />
                ${amount !== undefined && html`<input type="hidden" name="amount" value="${amount}" />`}
                ${kind === "void" && html`<input type="hidden" name="held" value="${whole}" />`}
                ${reason !== undefined && html`<input type="hidden" name="reason" value="${reason}" />`}
                <div class="buttons"><button>${buttonOf({ payment, kind, amount })}</button>${back}</div>
              </form>`
      }
    `,
  });
}

type Asked = Pick<ConfirmPage, "payment" | "kind" | "amount" | "whole">;

function questionOf({ payment, kind, amount = "0", whole }: Asked): string {
  const { currency } = payment.amount;
  const card = cardText(payment);
  const part =
    amount === whole
      ? `all ${moneyText(amount, currency)}`
      : `${moneyText(amount, currency)} of ${moneyText(whole, currency)}`;
  switch (kind) {
    case "capture":
      return `Capture ${part}${card === undefined ? "" : ` from ${card}`}?`;
    case "refund":
      return `Refund ${part}${card === undefined ? "" : ` to ${card}`}?`;
    case "increase":
      return `Raise the hold${card === undefined ? "" : ` on ${card}`} from ${moneyText(whole, currency)} to ${moneyText(amount, currency)}?`;
    case "void":
      return whole === "0"
        ? `Close the payment of ${moneyText(payment.amount.value, currency)}, which nobody has paid yet?`
        : `Let the hold of ${moneyText(whole, currency)}${card === undefined ? "" : ` on ${card}`} go?`;
  }
}

const buttonOf = ({ payment, kind, amount = "0" }: Omit<Asked, "whole">): string => {
  const money = moneyText(amount, payment.amount.currency);
  switch (kind) {
    case "capture":
      return `Capture ${money}`;
    case "refund":
      return `Refund ${money}`;
    case "increase":
      return `Raise the hold to ${money}`;
    case "void":
      return "Void it";
  }
};

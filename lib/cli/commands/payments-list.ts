import { nearest } from "../../nearest.js";
import { withoutLink, type PaymentView } from "../../payment/event.js";
import { PAYMENT_STATUSES, type PaymentStatus } from "../../payment/payment.js";
import { CONFIGURED, type Command } from "../command.js";
import { EXIT, usage } from "../exit.js";
import { withKit } from "../kit.js";
import { limitOf, PAGED } from "../limit.js";
import { moneyText } from "../money.js";
import { rows, timeText } from "../rows.js";

export const paymentsList: Command = {
  name: "payments list",
  summary: "Lists payments, newest first.",
  flags: {
    status: { value: "STATUS", text: `One of ${PAYMENT_STATUSES.join(", ")}.` },
    order: { value: "ID", text: "Those of one order." },
    search: { value: "TEXT", text: "A payment's id, Antom's id of it, an order's id or a buyer's, exactly." },
    ...PAGED,
    ...CONFIGURED,
  },
  async run(call) {
    const status = statusOf(call.text("status"));
    const [orderId, search, after] = ["order", "search", "after"].map((name) => call.text(name));
    const limit = limitOf(call);
    return withKit(call, async ({ antom }) => {
      const { items, next } = await antom.payments.list({
        limit,
        ...(status === undefined ? {} : { status }),
        ...(orderId === undefined ? {} : { orderId }),
        ...(search === undefined ? {} : { search }),
        ...(after === undefined ? {} : { after }),
      });
      call.print(items.length === 0 ? "No payments." : rows([HEAD, ...items.map(line)]));
      if (next !== undefined) call.print(`\nMore with --after ${next}`);
      call.document({ payments: items.map(withoutLink), ...(next === undefined ? {} : { next }) });
      return EXIT.done;
    });
  },
};

const HEAD = ["payment", "order", "status", "amount", "captured", "refunded", "created"];

const line = ({ id, orderId, status, amount, capturedAmount, refundedAmount, createdAt }: PaymentView): string[] => [
  id,
  orderId,
  status,
  ...[amount.value, capturedAmount, refundedAmount].map((value) => moneyText({ currency: amount.currency, value })),
  timeText(createdAt),
];

function statusOf(text: string | undefined): PaymentStatus | undefined {
  const status = PAYMENT_STATUSES.find((name) => name === text);
  if (text === undefined || status !== undefined) return status;
  const meant = nearest(text, PAYMENT_STATUSES);
  throw usage(
    `--status "${text}" is none${meant === undefined ? `: there are ${PAYMENT_STATUSES.join(", ")}.` : `; did you mean ${meant}?`}`,
  );
}

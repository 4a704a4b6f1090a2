import type { Router } from "express";
import { plainMoney } from "../../pages/operations/money-text.js";
import type { Payment } from "../../payment/payment.js";
import type { ListQuery } from "../../storage/storage.js";
import { csvLine, sendCsv, type CsvCell } from "./csv.js";
import { listRequest } from "./list.js";
import type { OperationsRouterParts } from "./parts.js";
import { staffRoute, type StaffHandler } from "./staff-route.js";
import { aTurn } from "./turn.js";

const PAGE = 200;

const COLUMNS: readonly (readonly [name: string, of: (payment: Payment) => CsvCell])[] = [
  ["payment", ({ id }) => id],
  ["order", ({ orderId }) => orderId],
  ["antom_payment", ({ paymentId }) => paymentId],
  ["buyer", ({ buyer }) => buyer],
  ["status", ({ status }) => status],
  ["opened", ({ createdAt }) => time(createdAt)],
  ["authorized_at", ({ authorizedAt }) => time(authorizedAt)],
  ["hold_ends", ({ authorizationExpiresAt }) => time(authorizationExpiresAt)],
  ["changed", ({ updatedAt }) => time(updatedAt)],
  ["currency", ({ amount }) => amount.currency],
  ["amount", ({ amount }) => plainMoney(amount.value, amount.currency)],
  ["authorized", ({ amount, authorizedAmount }) => plainMoney(authorizedAmount, amount.currency)],
  ["captured", ({ amount, capturedAmount }) => plainMoney(capturedAmount, amount.currency)],
  ["refunded", ({ amount, refundedAmount }) => plainMoney(refundedAmount, amount.currency)],
  ["card_brand", ({ resultInfo }) => resultInfo?.cardBrand],
  ["last_four", ({ resultInfo }) => resultInfo?.lastFour],
  ["failure", ({ failureCode }) => failureCode],
  ["conflicts", ({ conflicts }) => conflicts.length],
  ["disputes", ({ disputes }) => disputes.length],
  ["bank_reference", ({ acquirerReferenceNo }) => acquirerReferenceNo],
];

const time = (at: number | undefined): string | undefined =>
  at === undefined ? undefined : new Date(at).toISOString();

/** `GET /payments.csv`: a line for each payment, newest first, by the filters of the list. Amounts are in major units. */
export function paymentsCsvRoute(parts: OperationsRouterParts): Router {
  const get: StaffHandler = async (req, res) => {
    const { limit: _limit, after: _after, ...query } = listRequest(req);
    await sendCsv(req, res, "payments.csv", pages(parts, query));
  };
  return staffRoute("/payments.csv", { GET: get }, parts);
}

/** Read a page at a time, when the one before has been taken. */
async function* pages(
  { storage, clock }: OperationsRouterParts,
  query: Omit<ListQuery, "limit" | "after">,
): AsyncGenerator<string> {
  let lead = csvLine(COLUMNS.map(([name]) => name));
  let after: string | undefined;
  do {
    const page = await storage.list({ ...query, limit: PAGE, ...(after === undefined ? {} : { after }) });
    yield lead + page.items.map((payment) => csvLine(COLUMNS.map(([, of]) => of(payment)))).join("");
    lead = "";
    await aTurn(clock);
    after = page.next;
  } while (after !== undefined);
}

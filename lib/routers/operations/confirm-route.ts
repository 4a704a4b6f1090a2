import type { Request, Router } from "express";
import { AntomError } from "../../errors.js";
import { confirmPage } from "../../pages/operations/confirm-page.js";
import { typedMoney, withMoney } from "../../pages/operations/money-text.js";
import { heldAmount } from "../../payment/money.js";
import type { OperationKind } from "../../payment/operation.js";
import type { Payment } from "../../payment/payment.js";
import { permitted } from "../../payment/permit.js";
import { queryOf } from "../query.js";
import { possibleOperations, sentence } from "./possible-operations.js";
import type { OperationsRouterParts } from "./parts.js";
import { sendStaffPage } from "./send-page.js";
import { idOf, staffRoute, type StaffHandler } from "./staff-route.js";

const KINDS: readonly OperationKind[] = ["capture", "void", "refund", "increase"];

interface Asked {
  readonly kind: OperationKind;
  /** Minor units. */
  readonly amount?: string;
  readonly reason?: string;
  readonly problem?: string;
}

/** `GET /:id/confirm?kind=&amount=&reason=`: asks once more before money moves. The amount is as it was typed: "19.99". It changes nothing. */
export function confirmRoute(parts: OperationsRouterParts): Router {
  const { storage, clock, contract, forms, random } = parts;

  const get: StaffHandler = async (req, res, staff) => {
    if (!staff.mayManage) throw new AntomError("operations_forbidden", "you may look at payments, but not change them");
    const id = idOf(req);
    const payment = await storage.get(id);
    if (payment === undefined) throw new AntomError("payment_not_found", "there is no such payment");
    const moves = possibleOperations(payment, clock.now(), contract);
    const asked = askedOf(req, payment);
    const left = moves.find(({ kind }) => kind === asked.kind)?.amount;
    const amount = asked.kind === "void" ? undefined : (asked.amount ?? left);
    const problem = asked.problem ?? refusalOf(payment, { ...asked, ...(amount === undefined ? {} : { amount }) });
    sendStaffPage(
      req,
      res,
      random,
      staff,
      (seat) =>
        confirmPage({
          ...seat,
          payment,
          kind: asked.kind,
          amount,
          whole: wholeOf(payment, asked.kind, left),
          reason: asked.kind === "refund" ? asked.reason : undefined,
          problem,
          token: problem === undefined ? forms.token({ staff: staff.name, action: asked.kind, about: id }) : undefined,
        }),
      problem === undefined ? 200 : 422,
    );
  };

  const refusalOf = (payment: Payment, { kind, amount }: Asked): string | undefined => {
    const command = {
      kind,
      ...(amount === undefined ? {} : { amount: { currency: payment.amount.currency, value: amount } }),
    };
    const permit = permitted(payment, command, clock.now(), contract);
    if ("refusal" in permit) return sentence(withMoney(permit.refusal.message));
    if (permit.isNew) return undefined;
    return permit.operation === undefined
      ? "It is so already."
      : "The same is under way already: wait for its outcome.";
  };
  return staffRoute("/:id/confirm", { GET: get }, parts);
}

function askedOf(req: Request, { amount: { currency } }: Payment): Asked {
  const { kind: name, amount, reason } = queryOf(req);
  const kind = KINDS.find((candidate) => candidate === name);
  if (kind === undefined) throw new AntomError("request_invalid", `kind must be one of ${KINDS.join(", ")}`);
  const why = reason === undefined ? {} : { reason };
  if (reason !== undefined && reason.length > 256) return { kind, problem: "Write the reason in 256 letters at most." };
  if (amount === undefined) return { kind, ...why };
  const typed = typedMoney(amount, currency);
  return "problem" in typed ? { kind, ...why, problem: typed.problem } : { kind, ...why, amount: typed.value };
}

const wholeOf = (payment: Payment, kind: OperationKind, left: string | undefined): string => {
  if (kind === "void") return payment.authorizedAmount;
  return kind === "increase" ? heldAmount(payment) : (left ?? "0");
};

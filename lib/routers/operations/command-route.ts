import type { Request, Response, Router } from "express";
import { isAntomError } from "../../errors.js";
import type { CommandRequest, IncreaseRequest } from "../../ledger/commands.js";
import { withoutLink, type PaymentView } from "../../payment/event.js";
import type { Operation, OperationKind } from "../../payment/operation.js";
import type { Payment } from "../../payment/payment.js";
import { isForm } from "../fields.js";
import { changeFields } from "./form-guard.js";
import { onlyFields } from "./known-fields.js";
import type { OperationsRouterParts } from "./parts.js";
import { basePathOf } from "./base-path.js";
import { wantsPage } from "./send-page.js";
import { stillAsShown } from "./shown-hold.js";
import { idOf, staffRoute, type StaffHandler } from "./staff-route.js";

/** How long somebody looks at a blank page while Antom is asked, in milliseconds; then they are shown that it is under way. */
const PATIENCE = 2_500;

const isCommand = onlyFields(["amount", "reason"]);

/** An amount says what staff agreed to; a void has none, so that its form says what was held. */
const isVoidForm = onlyFields(["amount", "reason", "held"]);

/** The operation that carries a form's command out, of all of the payment's. */
type Carrying = (operations: readonly Operation[]) => Operation | undefined;

/** `POST /:id/capture`, `/void`, `/refund`, `/increase`: one command, however often the same form or Idempotency-Key is sent. */
export function commandRoute(kind: OperationKind, parts: OperationsRouterParts): Router {
  const { payments, storage, clock, logger } = parts;

  const post: StaffHandler = async (req, res, staff) => {
    const id = idOf(req);
    const about = { action: kind, about: id };
    const isVoid = kind === "void" && isForm(req);
    const fields = await changeFields(req, staff, about, isVoid ? isVoidForm : isCommand, parts);
    const { amount, reason, held, form: token } = fields;
    const key = req.get("idempotency-key") ?? token;
    const wanted: Record<keyof CommandRequest, unknown> = {
      // Only a form sends what was not filled in. A script that sends an empty amount meant to send one.
      amount: amount === "" && isForm(req) ? undefined : amount,
      reason: reason === "" ? undefined : reason,
      by: staff.name,
      idempotencyKey: key,
    };
    const before = isVoid ? await stillAsShown({ id, held, key }, parts) : undefined;
    const carried = payments[kind](id, withoutUndefined(wanted));
    if (isForm(req) && wantsPage(req)) await showSoon(req, res, id, itsOwn(key, before), carried);
    else res.json({ payment: withoutLink(await carried) });
  };

  /** The payment's page shows how it comes out: as soon as that is known, or else once it is written down. */
  const showSoon = async (
    req: Request,
    res: Response,
    id: string,
    carrying: Carrying,
    carried: Promise<PaymentView>,
  ): Promise<void> => {
    const written = async (): Promise<Operation | undefined> => carrying((await storage.get(id))?.operations ?? []);
    const settled = carried.then(
      ({ operations }) => carrying(operations),
      async (error: unknown) => {
        // What Antom refused is told by the page too, with what would help.
        const refused = isAntomError(error) && error.resultCode !== undefined ? await written() : undefined;
        if (refused === undefined) throw error;
        return refused;
      },
    );
    let cancel = (): void => undefined;
    const impatient = new Promise<"late">((resolve) => {
      cancel = clock.after(PATIENCE, () => {
        resolve("late");
      });
    });
    const soon = await Promise.race([settled, impatient]).finally(cancel);
    // Where the storage is away the command itself tells how it stands.
    const underWay = soon === "late" ? await written().catch(() => undefined) : undefined;
    if (underWay !== undefined) {
      settled.catch((error: unknown) => {
        logger.info({ event: "operation.refused", payment: id, err: error }, "a command of the staff was refused");
      });
    }
    const operation = underWay ?? (soon === "late" ? await settled : soon);
    const query = operation === undefined ? "said=standing" : `operation=${encodeURIComponent(operation.id)}`;
    res.redirect(303, `${basePathOf(req)}${id}?${query}`);
  };
  return staffRoute(`/:id/${kind}`, { POST: post }, parts);
}

/**
 * By the form's key; else, of voids, the one that was under way when it was sent: there is never more than one, so that whoever asks for another has
 * joined it.
 *
 * @param before the payment just before a void was asked for
 */
function itsOwn(key: unknown, before: Payment | undefined): Carrying {
  const over = new Set(before?.operations.flatMap(({ id, status }) => (status === "pending" ? [] : [id])));
  const isJoined = ({ id, kind }: Operation): boolean => before !== undefined && kind === "void" && !over.has(id);
  return (operations) => operations.find((operation) => operation.key === key) ?? operations.findLast(isJoined);
}

/** Its types and forms, and whether it has an amount, the command checks. */
const withoutUndefined = (fields: Record<string, unknown>): IncreaseRequest =>
  Object.fromEntries(Object.entries(fields).filter(([, value]) => value !== undefined)) as unknown as IncreaseRequest;

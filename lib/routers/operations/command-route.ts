import type { Request, Response, Router } from "express";
import { isAntomError } from "../../errors.js";
import type { CommandRequest, IncreaseRequest } from "../../ledger/commands.js";
import { withoutLink, type PaymentView } from "../../payment/event.js";
import type { OperationKind } from "../../payment/operation.js";
import { isForm } from "../fields.js";
import { changeFields } from "./form-guard.js";
import { onlyFields } from "./known-fields.js";
import type { OperationsRouterParts } from "./parts.js";
import { basePathOf } from "./base-path.js";
import { wantsPage } from "./send-page.js";
import { idOf, staffRoute, type StaffHandler } from "./staff-route.js";

/** How long somebody looks at a blank page while Antom is asked, in milliseconds; then they are shown that it is under way. */
const PATIENCE = 2_500;

const isCommand = onlyFields(["amount", "reason"]);

/** `POST /:id/capture`, `/void`, `/refund`, `/increase`: one command, however often the same form or Idempotency-Key is sent. */
export function commandRoute(kind: OperationKind, parts: OperationsRouterParts): Router {
  const { payments, storage, clock, logger } = parts;

  const post: StaffHandler = async (req, res, staff) => {
    const id = idOf(req);
    const about = { action: kind, about: id };
    const { amount, reason, form: token } = await changeFields(req, staff, about, isCommand, parts);
    const key = req.get("idempotency-key") ?? token;
    const wanted: Record<keyof CommandRequest, unknown> = {
      // Only a form sends what was not filled in. A script that sends an empty amount meant to send one.
      amount: amount === "" && isForm(req) ? undefined : amount,
      reason: reason === "" ? undefined : reason,
      by: staff.name,
      idempotencyKey: key,
    };
    const carried = payments[kind](id, withoutUndefined(wanted));
    if (isForm(req) && wantsPage(req)) await showSoon(req, res, id, key, carried);
    else res.json({ payment: withoutLink(await carried) });
  };

  /** The payment's page shows how it comes out: as soon as that is known, or else once it is written down. */
  const showSoon = async (
    req: Request,
    res: Response,
    id: string,
    key: unknown,
    carried: Promise<PaymentView>,
  ): Promise<void> => {
    const isWritten = async (): Promise<boolean> =>
      (await storage.get(id))?.operations.some((operation) => operation.key === key) === true;
    const settled = carried.then(
      () => true,
      async (error: unknown) => {
        // What Antom refused is told by the page too, with what would help.
        if (isAntomError(error) && error.resultCode !== undefined && (await isWritten())) return true;
        throw error;
      },
    );
    let cancel = (): void => undefined;
    const impatient = new Promise<boolean>((resolve) => {
      cancel = clock.after(PATIENCE, () => {
        resolve(false);
      });
    });
    if (!(await Promise.race([settled, impatient]).finally(cancel)) && (await isWritten())) {
      settled.catch((error: unknown) => {
        logger.info({ event: "operation.refused", payment: id, err: error }, "a command of the staff was refused");
      });
    } else await settled;
    const operation = (await storage.get(id))?.operations.find((candidate) => candidate.key === key);
    const query = operation === undefined ? "said=standing" : `operation=${encodeURIComponent(operation.id)}`;
    res.redirect(303, `${basePathOf(req)}${id}?${query}`);
  };
  return staffRoute(`/:id/${kind}`, { POST: post }, parts);
}

/** Its types and forms, and whether it has an amount, the command checks. */
const withoutUndefined = (fields: Record<string, unknown>): IncreaseRequest =>
  Object.fromEntries(Object.entries(fields).filter(([, value]) => value !== undefined)) as unknown as IncreaseRequest;

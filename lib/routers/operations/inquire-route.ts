import type { Router } from "express";
import { withoutLink } from "../../payment/event.js";
import { isForm } from "../fields.js";
import { changeFields } from "./form-guard.js";
import { noFields } from "./known-fields.js";
import type { OperationsRouterParts } from "./parts.js";
import { basePathOf } from "./base-path.js";
import { wantsPage } from "./send-page.js";
import { idOf, staffRoute, type StaffHandler } from "./staff-route.js";

/** `POST /:id/inquire`: asks Antom how the payment stands. */
export function inquireRoute(parts: OperationsRouterParts): Router {
  const post: StaffHandler = async (req, res, staff) => {
    const id = idOf(req);
    await changeFields(req, staff, { action: "inquire", about: id }, noFields, parts);
    const payment = await parts.payments.inquire(id);
    if (isForm(req) && wantsPage(req)) res.redirect(303, `${basePathOf(req)}${id}?said=inquired`);
    else res.json({ payment: withoutLink(payment) });
  };
  return staffRoute("/:id/inquire", { POST: post }, parts);
}

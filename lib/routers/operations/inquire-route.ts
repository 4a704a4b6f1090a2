import type { Router } from "express";
import { isAntomError } from "../../errors.js";
import { withoutLink } from "../../payment/event.js";
import { isForm } from "../fields.js";
import { askAntom } from "./ask-antom.js";
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
    if (isForm(req) && wantsPage(req)) {
      const said = await askAntom(parts, id).then(() => "inquired", toldOnThePage);
      res.redirect(303, `${basePathOf(req)}${id}?said=${said}`);
    } else res.json({ payment: withoutLink(await askAntom(parts, id)) });
  };
  return staffRoute("/:id/inquire", { POST: post }, parts);
}

/** That Antom keeps silent the payment's page says, beside what is known. */
function toldOnThePage(error: unknown): "unanswered" {
  if (isAntomError(error) && error.code === "gateway_unanswered") return "unanswered";
  throw error;
}

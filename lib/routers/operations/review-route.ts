import type { Router } from "express";
import { AntomError } from "../../errors.js";
import { withoutLink } from "../../payment/event.js";
import { isForm } from "../fields.js";
import { changeFields } from "./form-guard.js";
import { onlyFields } from "./known-fields.js";
import type { OperationsRouterParts } from "./parts.js";
import { basePathOf } from "./base-path.js";
import { wantsPage } from "./send-page.js";
import { idOf, staffRoute, type StaffHandler } from "./staff-route.js";

const isReview = onlyFields(["count"]);

/** `POST /:id/review`: somebody has looked at the payment's conflicts, `count` of them or all. One that came in meanwhile still needs a look. */
export function reviewRoute(parts: OperationsRouterParts): Router {
  const { ledger, payments, clock } = parts;
  const post: StaffHandler = async (req, res, staff) => {
    const id = idOf(req);
    const { count } = await changeFields(req, staff, { action: "review", about: id }, isReview, parts);
    const wanted = count === "" && isForm(req) ? undefined : countOf(count);
    await ledger.record(id, ({ conflicts }) => ({
      source: "command",
      at: clock.now(),
      facts: [{ kind: "reviewed", by: staff.name, count: Math.min(wanted ?? conflicts.length, conflicts.length) }],
    }));
    if (isForm(req) && wantsPage(req)) res.redirect(303, `${basePathOf(req)}${id}?said=reviewed`);
    else res.json({ payment: withoutLink(await payments.get(id)) });
  };
  return staffRoute("/:id/review", { POST: post }, parts);
}

function countOf(count: unknown): number | undefined {
  if (count === undefined) return undefined;
  const number = typeof count === "string" && /^\d{1,6}$/.test(count) ? Number(count) : count;
  if (typeof number === "number" && Number.isSafeInteger(number) && number >= 0) return number;
  throw new AntomError("request_invalid", "count must be how many conflicts somebody has looked at", {
    problems: [{ at: "/count", message: "must be a whole number" }],
  });
}

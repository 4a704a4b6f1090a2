import type { Request } from "express";
import { AntomError } from "../../errors.js";
import { isForm, readFields } from "../fields.js";
import { createOriginCheck } from "../origin.js";
import type { Staff } from "./access.js";
import type { FormPurpose } from "./forms.js";
import type { OperationsRouterParts } from "./parts.js";

type Fields = Readonly<Record<string, unknown>>;

/**
 * The fields of a request that changes something, if a page of this very place sent it, or no browser at all; and with a form, if it was
 * shown to this staff member for just this.
 *
 * @throws AntomError `origin_refused`, `form_stale`, and those of `readFields`
 */
export async function changeFields(
  req: Request,
  staff: Staff,
  purpose: Omit<FormPurpose, "staff"> | ((fields: Fields) => Omit<FormPurpose, "staff">),
  { clock, forms }: OperationsRouterParts,
): Promise<Fields> {
  const own = `${req.protocol}://${req.get("host") ?? ""}`;
  if (!createOriginCheck(own, [])(req)) {
    throw new AntomError("origin_refused", "this must come from a page of the back office itself");
  }
  const isEmpty = req.get("content-type") === undefined && Number(req.get("content-length") ?? 0) === 0;
  const fields = isEmpty ? {} : await readFields(req, clock);
  const { action, about } = typeof purpose === "function" ? purpose(fields) : purpose;
  if (isForm(req) && !forms.isGenuine(fields["form"], { staff: staff.name, action, about })) {
    throw new AntomError("form_stale", "this form is too old, or was shown to somebody else; open the page again");
  }
  return fields;
}

import type { Request } from "express";
import { AntomError } from "../../errors.js";
import { hasNoBody, isForm, readFields } from "../fields.js";
import { createOwnPageCheck, isFromBrowser } from "../origin.js";
import type { Staff } from "./access.js";
import type { FormPurpose } from "./forms.js";
import type { Fields, FieldsCheck } from "./known-fields.js";
import type { OperationsRouterParts } from "./parts.js";

/**
 * The fields of a request that changes something, if a page of this very place sent it, or no browser at all; and with a form, if it was
 * shown to this staff member for just this. A browser sends such a form, or JSON, which no other site's page can send unasked. A field that
 * `check` does not know is refused: whoever sends it means something by it.
 *
 * @throws AntomError `origin_refused`, `form_stale`, `request_invalid`, and those of `readFields`
 */
export async function changeFields(
  req: Request,
  staff: Staff,
  purpose: Omit<FormPurpose, "staff"> | ((fields: Fields) => Omit<FormPurpose, "staff">),
  check: FieldsCheck,
  { clock, forms, ownOrigin }: OperationsRouterParts,
): Promise<Fields> {
  if (!createOwnPageCheck(ownOrigin)(req)) {
    throw new AntomError(
      "origin_refused",
      `this must come from a page of the back office itself, at ${ownOrigin} (the option urls.operations says where it is)`,
    );
  }
  if (hasNoBody(req) && isFromBrowser(req)) {
    throw new AntomError(
      "content_type_unsupported",
      "a browser has to send a form of the back office, or JSON ({} where there is nothing to say) with its Content-Type",
    );
  }
  const fields = await readFields(req, clock);
  const { action, about } = typeof purpose === "function" ? purpose(fields) : purpose;
  if (isForm(req) && !forms.isGenuine(fields["form"], { staff: staff.name, action, about })) {
    const problem =
      fields["form"] === undefined
        ? "this form bears no token of the back office's own pages; from a script send JSON, with Content-Type: application/json"
        : "this form is too old, or was shown to somebody else; open the page again";
    throw new AntomError("form_stale", problem);
  }
  check(fields, req);
  return fields;
}

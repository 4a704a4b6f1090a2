import type { Request } from "express";
import { AntomError } from "../../errors.js";
import type { Logger } from "../../ports.js";

/** What somebody may do in the back office: look at payments, or also move money. */
export type Permission = "view" | "manage";

/**
 * The shop's own function: who may look at payments and who may move money. It is asked at every request, behind whatever guards the
 * shop mounts before the router. `name` goes into the payment's history, and binds a page's forms to whom they were shown to.
 */
export type AuthorizeFunction = (req: Request) => Authorized | Promise<Authorized>;
/** What `authorize` answers: what this person may do, with a name for the payment's history; or nothing, and the request is refused. */
export type Authorized = Permission | { readonly may: Permission; readonly name?: string } | false | null | undefined;

export interface Staff {
  readonly name: string;
  readonly mayManage: boolean;
}

/**
 * Who sent a request, and what they may do.
 *
 * @throws AntomError `operations_forbidden`
 */
export async function staffOf(
  authorize: AuthorizeFunction | undefined,
  req: Request,
  wanted: Permission,
  logger: Logger,
): Promise<Staff> {
  if (authorize === undefined) {
    logger.warn(
      { event: "operations.unguarded" },
      "antom.operations is mounted, and nobody may use it: the option authorize is missing",
    );
    throw new AntomError(
      "operations_forbidden",
      "nobody may use this: the shop has not said who may (option authorize)",
    );
  }
  const answer: unknown = await authorize(req);
  const staff = read(answer);
  if (staff === undefined && answer !== false && answer !== null && answer !== undefined) {
    logger.warn(
      { event: "authorize.unusable" },
      'the option authorize answered with something else than "view", "manage", { may: "view" or "manage", name } with a text as name, or false: nobody is let in',
    );
  }
  if (staff === undefined) throw new AntomError("operations_forbidden", "you may not look at payments");
  if (wanted === "manage" && !staff.mayManage) {
    throw new AntomError("operations_forbidden", "you may look at payments, but not change them");
  }
  return staff;
}

/**
 * Anything but a clear yes is a no: a function that answers `true` has not said what is allowed. Nor is a name that is no text passed over: all
 * of the staff would be one then, and a form shown to one could be sent by another.
 */
function read(answer: unknown): Staff | undefined {
  if (answer === "view" || answer === "manage") return { name: "staff", mayManage: answer === "manage" };
  if (typeof answer !== "object" || answer === null || !("may" in answer)) return undefined;
  const { may } = answer;
  if (may !== "view" && may !== "manage") return undefined;
  const name = ("name" in answer ? answer.name : undefined) ?? "";
  if (typeof name !== "string") return undefined;
  return { name: name === "" ? "staff" : name.slice(0, 128), mayManage: may === "manage" };
}

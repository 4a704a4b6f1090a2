import express from "express";
import type { ErrorRequestHandler, Request, Response, Router } from "express";
import { AntomError, isAntomError } from "../../errors.js";
import { troublePage } from "../../pages/operations/trouble-page.js";
import { isPaymentId } from "../../payment/id.js";
import { orPlainly } from "../last-resort.js";
import { loggedPath } from "../logged-path.js";
import { sendProblem } from "../problem.js";
import { notDecoded } from "../route.js";
import { staffOf, type Staff } from "./access.js";
import type { OperationsRouterParts } from "./parts.js";
import { sendStaffPage, wantsPage } from "./send-page.js";

export type StaffHandler = (req: Request, res: Response, staff: Staff) => Promise<void> | void;

/**
 * A router of one path of the back office. Whoever asks is asked who they are first, whatever they ask for; POST is for those who may move
 * money. Failures are told in words to people and as problem documents to scripts; other methods are answered with 405.
 */
export function staffRoute(
  path: string,
  handlers: Readonly<Partial<Record<"GET" | "POST", StaffHandler>>>,
  parts: OperationsRouterParts,
): Router {
  const router = express.Router({ caseSensitive: true });
  const allow = [...Object.keys(handlers), ...(handlers.GET ? ["HEAD"] : [])].join(", ");
  router.all(path, (req, res) => {
    answerStaff(req, res, parts, async (staff) => {
      const isReading = req.method === "GET" || req.method === "HEAD";
      const handler = isReading ? handlers.GET : req.method === "POST" ? handlers.POST : undefined;
      const wanted = handler === undefined || isReading ? "view" : "manage";
      if (wanted === "manage" && !staff.mayManage) {
        throw new AntomError("operations_forbidden", "you may look at payments, but not change them");
      }
      if (handler === undefined) {
        res.set("Allow", allow);
        throw new AntomError("method_not_allowed", `only ${allow} are accepted here`);
      }
      await parts.ready();
      await handler(req, res, staff);
    });
  });
  return router;
}

/** Answers where Express cannot decode the path, and so comes to none of the back office's routes. To stand behind all of them. */
export function undecodable(parts: OperationsRouterParts): ErrorRequestHandler {
  return (error: unknown, req, res, next) => {
    if (!(error instanceof URIError)) {
      next(error);
      return;
    }
    answerStaff(req, res, parts, () => {
      throw notDecoded();
    });
  };
}

/** Lets `answer` answer whoever belongs to the staff, and says what went wrong. */
function answerStaff(
  req: Request,
  res: Response,
  parts: OperationsRouterParts,
  answer: (staff: Staff) => Promise<void> | void,
): void {
  let staff: Staff | undefined;
  const known = async (): Promise<void> => {
    res.set("Cache-Control", "no-store").set("X-Content-Type-Options", "nosniff").set("Vary", "Accept");
    staff = await staffOf(parts.authorize, req, "view", parts.logger);
    await answer(staff);
  };
  known().catch((error: unknown) => {
    orPlainly(req, res, parts.logger, () => {
      sendTrouble(req, res, error, staff, parts);
    });
  });
}

function sendTrouble(
  req: Request,
  res: Response,
  thrown: unknown,
  staff: Staff | undefined,
  parts: OperationsRouterParts,
): void {
  if (res.headersSent || !wantsPage(req)) {
    sendProblem(req, res, thrown, parts, false);
    return;
  }
  const error = isAntomError(thrown)
    ? thrown
    : new AntomError("internal", "something went wrong in the back office", { cause: thrown });
  const { code, status, message } = error;
  const fields = { event: "request.refused", code, method: req.method, path: loggedPath(req) };
  if (status >= 500) parts.logger.error({ ...fields, err: error }, message);
  else parts.logger.info(fields, message);
  if (status === 503) res.set("Retry-After", "5");
  // What is left of the body would be taken for the next request.
  if (!req.complete) res.set("Connection", "close");
  const id = idOf(req);
  const payment = isPaymentId(id) && code !== "payment_not_found" ? id : undefined;
  sendStaffPage(
    req,
    res,
    parts.random,
    staff,
    (seat) => troublePage({ ...seat, error, isPrivate: status >= 500, payment }),
    status,
  );
}

/** The id in the request's path. */
export const idOf = (req: Request): string => {
  const { id } = req.params;
  return typeof id === "string" ? id : "";
};

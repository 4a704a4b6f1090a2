import type { Router } from "express";
import { isAntomError } from "../../errors.js";
import { listPage } from "../../pages/operations/list-page.js";
import { withoutLink } from "../../payment/event.js";
import type { Payment } from "../../payment/payment.js";
import type { ListQuery, Page } from "../../storage/storage.js";
import { queryOf } from "../query.js";
import { listRequest } from "./list.js";
import { attentionCounts } from "./attention-counts.js";
import type { OperationsRouterParts } from "./parts.js";
import { basePathOf } from "./base-path.js";
import { sendStaffPage, wantsPage } from "./send-page.js";
import { staffRoute, type StaffHandler } from "./staff-route.js";

const LIMIT = 50;
const MOST = 200;

/** `GET /`: the payments, newest first. */
export function listRoute(parts: OperationsRouterParts): Router {
  const { payments, storage, clock, random, forms } = parts;

  const get: StaffHandler = async (req, res, staff) => {
    if (!wantsPage(req)) {
      const { items, next } = await payments.list(listRequest(req));
      res.json({ payments: items.map(withoutLink), ...(next === undefined ? {} : { next }) });
      return;
    }
    let problem: string | undefined;
    let page: Page<Payment> = { items: [] };
    try {
      const query: Partial<ListQuery> = listRequest(req);
      page = await storage.list({ ...query, limit: Math.min(query.limit ?? LIMIT, MOST) });
    } catch (error) {
      // Whoever mistyped a filter mends it where it stands.
      if (!isAntomError(error) || error.code !== "request_invalid") throw error;
      problem = error.problems.map(({ message }) => message).join(" ") || error.message;
    }
    const needs = await attentionCounts(storage, clock, basePathOf(req));
    const purpose = { staff: staff.name, action: "start", about: "inquire-all-open" };
    const inquireToken = staff.mayManage ? forms.token(purpose) : undefined;
    sendStaffPage(
      req,
      res,
      random,
      staff,
      (seat) =>
        listPage({
          ...seat,
          filters: queryOf(req),
          needs,
          payments: page.items,
          next: page.next,
          problem,
          inquireToken,
        }),
      problem === undefined ? 200 : 400,
    );
  };
  return staffRoute("/", { GET: get }, parts);
}

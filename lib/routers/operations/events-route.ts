import type { Router } from "express";
import { AntomError } from "../../errors.js";
import { isFailing } from "../../pages/operations/hook-view.js";
import { hooksPage } from "../../pages/operations/hooks-page.js";
import { isDeliverTaskId } from "../../payment/task.js";
import { isForm } from "../fields.js";
import { changeFields } from "./form-guard.js";
import { eventsRequest, eventView } from "./events.js";
import type { Jobs } from "./jobs.js";
import { noFields } from "./known-fields.js";
import type { OperationsRouterParts } from "./parts.js";
import { basePathOf } from "./base-path.js";
import { sendStaffPage, wantsPage } from "./send-page.js";
import { idOf, staffRoute, type StaffHandler } from "./staff-route.js";

/** `GET /events`: what the shop's hooks are told; `POST /events/:id/redeliver` tells one again. */
export function eventsRoutes(parts: OperationsRouterParts, jobs: Jobs): Router[] {
  const { storage, clock, forms, random } = parts;

  const list: StaffHandler = async (req, res, staff) => {
    const query = eventsRequest(req);
    const { items, next } = await storage.tasks(query);
    const hooks = items.flatMap(eventView);
    if (!wantsPage(req)) {
      res.json({ events: hooks, ...(next === undefined ? {} : { next }) });
      return;
    }
    const now = clock.now();
    const { waiting: counts } = await storage.overview({ from: now, to: now });
    const token = (action: string, about: string): string => forms.token({ staff: staff.name, action, about });
    const canBeRedelivered = hooks.filter((hook) => hook.state === "dead" || isFailing(hook));
    const { state, payment, after } = query;
    sendStaffPage(req, res, random, staff, (seat) =>
      hooksPage({
        ...seat,
        hooks,
        next,
        state,
        payment,
        after,
        counts,
        now,
        tokens: new Map(staff.mayManage ? canBeRedelivered.map(({ id }) => [id, token("redeliver", id)]) : []),
        allToken: staff.mayManage ? token("start", "redeliver-all") : undefined,
        jobs: jobs
          .list()
          .filter(({ kind }) => kind === "redeliver-all")
          .slice(0, 3),
      }),
    );
  };

  const redeliver: StaffHandler = async (req, res, staff) => {
    const id = idOf(req);
    await changeFields(req, staff, { action: "redeliver", about: id }, noFields, parts);
    if (!isDeliverTaskId(id) || !(await storage.redrive(id, clock.now()))) {
      throw new AntomError("event_not_found", "there is no such event, or it has been delivered");
    }
    parts.wake();
    if (isForm(req) && wantsPage(req)) res.redirect(303, `${basePathOf(req)}events`);
    else res.json({ event: id });
  };

  return [staffRoute("/events", { GET: list }, parts), staffRoute("/events/:id/redeliver", { POST: redeliver }, parts)];
}

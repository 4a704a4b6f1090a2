import type { Router } from "express";
import { AntomError } from "../../errors.js";
import { askers } from "../../pages/operations/asker.js";
import type { HookView } from "../../pages/operations/hook-view.js";
import { paymentPage, type Said } from "../../pages/operations/payment-page.js";
import { timelineOf } from "../../pages/operations/timeline.js";
import { withoutLink } from "../../payment/event.js";
import { queryOf } from "../query.js";
import { eventView } from "./events.js";
import { possibleOperations } from "./possible-operations.js";
import type { OperationsRouterParts } from "./parts.js";
import { sendStaffPage, wantsPage } from "./send-page.js";
import { idOf, staffRoute, type StaffHandler } from "./staff-route.js";

/** Deliveries shown of one payment, at most. */
const MOST_HOOKS = 300;

/** `GET /:id`: one payment and its history. */
export function paymentRoute(parts: OperationsRouterParts): Router {
  const { payments, storage, clock, contract, forms, random } = parts;

  /** Oldest first. */
  const hooksOf = async (payment: string): Promise<HookView[]> => {
    const hooks: HookView[] = [];
    let after: string | undefined;
    do {
      const page = await storage.tasks({
        kind: "deliver",
        payment,
        limit: 100,
        ...(after === undefined ? {} : { after }),
      });
      hooks.push(...page.items.flatMap(eventView));
      after = page.next;
    } while (after !== undefined && hooks.length < MOST_HOOKS);
    return hooks.reverse();
  };

  const get: StaffHandler = async (req, res, staff) => {
    const id = idOf(req);
    if (!wantsPage(req)) {
      res.json({ payment: withoutLink(await payments.get(id)), journal: await payments.journal(id) });
      return;
    }
    const payment = await storage.get(id);
    if (payment === undefined) throw new AntomError("payment_not_found", "there is no such payment");
    const [journal, hooks] = await Promise.all([storage.journal(id), hooksOf(id)]);
    const now = clock.now();
    const token = (action: string): string => forms.token({ staff: staff.name, action, about: id });
    const { operation, said } = queryOf(req);
    sendStaffPage(req, res, random, staff, (seat) =>
      paymentPage({
        ...seat,
        payment,
        moves: possibleOperations(payment, now, contract),
        timeline: timelineOf(payment, journal, hooks, now),
        askers: askers(payment, journal),
        asked: payment.operations.find((candidate) => candidate.id === operation),
        said: said === undefined || !Object.hasOwn(SAID, said) ? undefined : SAID[said],
        tokens: staff.mayManage ? { inquire: token("inquire"), review: token("review") } : undefined,
      }),
    );
  };
  return staffRoute("/:id", { GET: get }, parts);
}

/** What can be said after a form that is no operation; nothing else a link says is repeated. */
const SAID: Readonly<Record<string, Said>> = {
  inquired: { text: "Antom has been asked. What it said stands below, if it was news." },
  unanswered: {
    text: "Antom was asked, and did not say how the payment stands: it gave no answer that can be believed, or one that does not tell. What stands below was known before.",
    error: "gateway_unanswered",
  },
  reviewed: { text: "Noted: somebody has looked at it." },
  standing: { text: "It is so already: nothing had to be sent to Antom." },
};

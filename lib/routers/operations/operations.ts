import express from "express";
import type { Router } from "express";
import type { OperationKind } from "../../payment/operation.js";
import { commandRoute } from "./command-route.js";
import { confirmRoute } from "./confirm-route.js";
import { eventsRoutes } from "./events-route.js";
import { inquireRoute } from "./inquire-route.js";
import { createJobs } from "./jobs.js";
import { jobsRoutes } from "./jobs-route.js";
import { listRoute } from "./list-route.js";
import { metricsRoute } from "./metrics-route.js";
import { overviewCsvRoute, overviewRoute } from "./overview-route.js";
import type { OperationsRouterParts } from "./parts.js";
import { paymentRoute } from "./payment-route.js";
import { paymentsCsvRoute } from "./payments-csv.js";
import { reviewRoute } from "./review-route.js";
import { undecodable } from "./staff-route.js";
import { jobKinds } from "./job-kinds.js";

const COMMANDS = ["capture", "void", "refund", "increase"] as const satisfies readonly OperationKind[];

/**
 * What the shop's staff do with payments: pages for people and, of the same routes, JSON for scripts. Who may do what the shop's `authorize`
 * function says; without it nobody may do anything.
 */
export function operationsRouter(parts: OperationsRouterParts): Router {
  const { clock, random, logger } = parts;
  const jobs = createJobs({ works: jobKinds(parts), clock, random, logger });
  return express.Router({ caseSensitive: true }).use(
    listRoute(parts),
    ...eventsRoutes(parts, jobs),
    overviewRoute(parts),
    overviewCsvRoute(parts),
    paymentsCsvRoute(parts),
    metricsRoute(parts),
    ...jobsRoutes(parts, jobs),
    // Payment ids begin with PAY, so that none is the name of a page.
    paymentRoute(parts),
    confirmRoute(parts),
    inquireRoute(parts),
    reviewRoute(parts),
    ...COMMANDS.map((kind) => commandRoute(kind, parts)),
    undecodable(parts),
  );
}

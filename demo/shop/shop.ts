import express, { type Express, type Request } from "express";
import helmet from "helmet";
import type { Antom, Logger } from "../../lib/index.js";
import type { Visit } from "../pages/visit.js";
import { assetRoutes } from "./asset-routes.js";
import { buyerRoutes } from "./buyer-routes.js";
import { cardRoutes } from "./card-routes.js";
import { hookRoutes } from "./hook-routes.js";
import type { Inbox } from "./inbox.js";
import { orderRoutes } from "./order-routes.js";
import type { Orders } from "./orders.js";
import type { Plans } from "./plans.js";
import { requireStaff } from "./staff.js";
import { noSuchPage } from "./problem.js";
import { sendProblem } from "./send-problem.js";

export interface ShopParts {
  readonly antom: Antom;
  readonly orders: Orders;
  readonly inbox: Inbox;
  /** Where buyers reach the shop. */
  readonly shopUrl: string;
  readonly plans: Plans;
  /** What the frame of a request's page goes by. */
  readonly visitOf: (req: Request) => Visit;
  readonly logger: Logger;
}

/** The shop: its own pages, the kit at /payments, and its back office at /admin/payments. */
export function createShop(parts: ShopParts): Express {
  const app = express();
  app.disable("x-powered-by");
  // Before every body parser: what Antom signed are the bytes it sent.
  app.use("/payments", parts.antom.router);
  app.use("/admin/payments", requireStaff, parts.antom.operations);
  app.use(
    helmet({
      contentSecurityPolicy: {
        useDefaults: false,
        directives: {
          defaultSrc: ["'none'"],
          scriptSrc: ["'self'"],
          styleSrc: ["'self'"],
          imgSrc: ["'self'"],
          connectSrc: ["'self'"],
          // The pay form may be opened as localhost; without script it is sent on to where the kit lives.
          formAction: ["'self'", parts.shopUrl],
          baseUri: ["'none'"],
          frameAncestors: ["'none'"],
        },
      },
      referrerPolicy: { policy: "same-origin" },
      // The demo speaks http.
      strictTransportSecurity: false,
    }),
  );
  app.use(assetRoutes());
  app.use(orderRoutes(parts));
  app.use(cardRoutes(parts));
  app.use(buyerRoutes());
  app.use(hookRoutes(parts));
  app.use(() => {
    throw noSuchPage();
  });
  app.use(sendProblem(parts));
  return app;
}

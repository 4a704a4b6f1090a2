import express from "express";
import type { Request, RequestHandler, Response, Router } from "express";
import { AntomError } from "../errors.js";
import { sendProblem, type ProblemParts } from "./problem.js";

export type Handler = (req: Request, res: Response) => Promise<void> | void;

export interface RouteParts extends ProblemParts {
  /** Resolves once the storage is ready; rejects with why it is not. */
  readonly ready: () => Promise<void>;
}

/** One path below where the routes are mounted, and what answers there. */
export interface Route {
  readonly path: "/" | "/:id";
  readonly handle: RequestHandler;
}

/** The routes by themselves, to be mounted anywhere. */
export const routerOf = (routes: readonly Route[]): Router => withRoutes(express.Router(), "", routes);

/** Adds the routes below a path. They stand in the router itself: a router within a router costs each request a twentieth. */
export function withRoutes(router: Router, prefix: string, routes: readonly Route[]): Router {
  for (const { path, handle } of routes) router.all(prefix !== "" && path === "/" ? prefix : prefix + path, handle);
  return router;
}

/**
 * A route. Every failure, a rejection included, is answered here, so that Express 4 and 5 behave alike; other methods are
 * answered with 405.
 */
export function route(
  path: Route["path"],
  handlers: Readonly<Partial<Record<"GET" | "POST" | "DELETE" | "OPTIONS", Handler>>>,
  parts: RouteParts,
  mayBePage: boolean,
): Route {
  const methods = Object.keys(handlers);
  const allow = [...methods, ...(handlers.GET ? ["HEAD"] : [])].join(", ");
  const handle: RequestHandler = (req, res) => {
    const name = req.method === "HEAD" ? "GET" : req.method;
    const handler = Object.hasOwn(handlers, name) ? handlers[name as keyof typeof handlers] : undefined;
    const answer = async (): Promise<void> => {
      if (handler === undefined) {
        res.set("Allow", allow);
        throw new AntomError("method_not_allowed", `only ${allow} are accepted here`);
      }
      await parts.ready();
      await handler(req, res);
    };
    answer().catch((error: unknown) => {
      sendProblem(req, res, error, parts, mayBePage);
    });
  };
  return { path, handle };
}

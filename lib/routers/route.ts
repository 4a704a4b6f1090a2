import express from "express";
import type { ErrorRequestHandler, Request, RequestHandler, Response, Router } from "express";
import { AntomError } from "../errors.js";
import type { ErrorKind } from "../pages/texts.js";
import { orPlainly } from "./last-resort.js";
import { sendProblem, type ProblemParts } from "./problem.js";

export type Handler = (req: Request, res: Response) => Promise<void> | void;

export interface RouteParts extends ProblemParts {
  /** Resolves once the storage is ready; rejects with why it is not. */
  readonly ready: () => Promise<void>;
}

/** What a route does with every request. */
export interface Around {
  /** Before anything can fail: sets what every answer bears. */
  readonly enter?: (req: Request, res: Response) => void;
  /** Before a failure is told, and when it has been answered. */
  readonly leave?: (req: Request) => void;
}

/** One path below where the routes are mounted, and what answers there. */
export interface Route {
  readonly path: "/" | "/:id";
  readonly handle: RequestHandler;
  /** Answers where Express cannot decode the path, and so never comes to `handle`. */
  readonly undecodable: ErrorRequestHandler;
}

/** The routes by themselves, to be mounted anywhere. */
export const routerOf = (routes: readonly Route[]): Router => withRoutes(express.Router(), "", routes);

/** Adds the routes below a path. They stand in the router itself: a router within a router costs each request a twentieth. */
export function withRoutes(router: Router, prefix: string, routes: readonly Route[]): Router {
  for (const { path, handle } of routes) router.all(prefix !== "" && path === "/" ? prefix : prefix + path, handle);
  // Below a prefix there are only the kit's own routes, and what failed before this router does not come into it.
  for (const { path, undecodable } of routes)
    if (path === "/:id") router.use(prefix === "" ? "/" : prefix, undecodable);
  return router;
}

/**
 * A route. Every failure, a rejection included, is answered here, so that Express 4 and 5 behave alike; other methods are
 * answered with 405.
 *
 * @param fallback what a browser is shown of an error that has no page of its own; false where there are no pages
 * @param around what is done with every request, whatever becomes of it
 */
export function route(
  path: Route["path"],
  handlers: Readonly<Partial<Record<"GET" | "POST" | "DELETE" | "OPTIONS", Handler>>>,
  parts: RouteParts,
  fallback: ErrorKind | false,
  around: Around = {},
): Route {
  const methods = Object.keys(handlers);
  const allow = [...methods, ...(handlers.GET ? ["HEAD"] : [])].join(", ");
  const handle: RequestHandler = (req, res) => {
    const name = req.method === "HEAD" ? "GET" : req.method;
    const handler = Object.hasOwn(handlers, name) ? handlers[name as keyof typeof handlers] : undefined;
    const answer = async (): Promise<void> => {
      try {
        around.enter?.(req, res);
        if (handler === undefined) {
          res.set("Allow", allow);
          throw new AntomError("method_not_allowed", `only ${allow} are accepted here`);
        }
        // What a browser may send is known without the storage, and without it the browser would not even show why that is away.
        if (name !== "OPTIONS") await parts.ready();
        await handler(req, res);
      } finally {
        around.leave?.(req);
      }
    };
    answer().catch((error: unknown) => {
      orPlainly(req, res, parts.logger, () => {
        sendProblem(req, res, error, parts, fallback);
      });
    });
  };
  const undecodable: ErrorRequestHandler = (error: unknown, req, res, next) => {
    if (!(error instanceof URIError)) {
      next(error);
      return;
    }
    around.enter?.(req, res);
    sendProblem(req, res, notDecoded(), parts, fallback);
  };
  return { path, handle, undecodable };
}

/** What an id is refused with that Express cannot decode, such as "%ZZ". */
export const notDecoded = (): AntomError =>
  new AntomError("request_invalid", "the path cannot be decoded: a % in it is not followed by what it should be");

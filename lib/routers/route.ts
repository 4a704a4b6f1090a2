import express from "express";
import type { Request, Response, Router } from "express";
import { AntomError } from "../errors.js";
import { sendProblem, type ProblemParts } from "./problem.js";

export type Handler = (req: Request, res: Response) => Promise<void> | void;

export interface RouteParts extends ProblemParts {
  /** Resolves once the storage is ready; rejects with why it is not. */
  readonly ready: () => Promise<void>;
}

/**
 * A router of one path. Every failure, a rejection included, is answered here, so that Express 4 and 5 behave alike; other methods are
 * answered with 405.
 */
export function route(
  path: string,
  handlers: Readonly<Partial<Record<"GET" | "POST" | "DELETE" | "OPTIONS", Handler>>>,
  parts: RouteParts,
  mayBePage: boolean,
): Router {
  const router = express.Router({ caseSensitive: true });
  const methods = Object.keys(handlers);
  const allow = [...methods, ...(handlers.GET ? ["HEAD"] : [])].join(", ");
  router.all(path, (req, res) => {
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
  });
  return router;
}

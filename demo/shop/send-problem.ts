import type { ErrorRequestHandler } from "express";
import { problemPage } from "../pages/problem-page.js";
import { ShopProblem } from "./problem.js";
import type { ShopParts } from "./shop.js";

/** Answers what a route threw: as problem+json (RFC 9457), or as a page for a browser. */
export const sendProblem =
  ({ visitOf, logger }: Pick<ShopParts, "visitOf" | "logger">): ErrorRequestHandler =>
  (error: unknown, req, res, next) => {
    const problem = error instanceof ShopProblem ? error : (bodyProblem(error) ?? failure());
    if (problem.status >= 500) logger.error({ err: error, method: req.method, path: req.path }, "a request failed");
    if (res.headersSent) {
      next(error);
      return;
    }
    const { status, title, message: detail, problems, code } = problem;
    res.status(status).set("Cache-Control", "no-store");
    if (req.accepts(["json", "html"]) === "html") res.type("html").send(problemPage({ visit: visitOf(req), problem }));
    else {
      res
        .type("application/problem+json")
        .send(JSON.stringify({ type: "about:blank", title, status, code, detail, problems }));
    }
  };

/** What express's body parsers threw: too large, not JSON, another charset. */
function bodyProblem(error: unknown): ShopProblem | undefined {
  if (!(error instanceof Error) || !("status" in error) || typeof error.status !== "number") return undefined;
  if (error.status === 413) return new ShopProblem(413, "This is too much for one order");
  return error.status >= 400 && error.status < 500
    ? new ShopProblem(error.status, "The request could not be read")
    : undefined;
}

const failure = (): ShopProblem => new ShopProblem(500, "Something went wrong in the shop");

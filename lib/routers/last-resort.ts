import type { Request, Response } from "express";
import type { Logger } from "../ports.js";
import { loggedPath } from "./logged-path.js";

/**
 * Answers with an error by `answer`, and plainly where even that fails, as with one that only looks like the kit's: a rejection that nobody handles
 * would end the shop's process.
 */
export function orPlainly(req: Request, res: Response, logger: Logger, answer: () => void): void {
  try {
    answer();
  } catch (error) {
    const fields = { event: "request.unanswerable", method: req.method, path: loggedPath(req), err: error };
    logger.error(fields, "a request could not even be answered with an error");
    try {
      if (res.headersSent) res.destroy();
      else res.writeHead(500, HEADERS).end("Something went wrong.\n");
    } catch {
      // A middleware before the kit may have put functions of its own in place of these.
      req.socket.destroy();
    }
  }
}

const HEADERS = { "Content-Type": "text/plain; charset=utf-8", "Cache-Control": "no-store", Connection: "close" };

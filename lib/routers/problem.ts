import type { Request, Response } from "express";
import { AntomError, ERRORS, isAntomError, type AntomErrorCode } from "../errors.js";
import { cardFieldAt } from "../pages/card-field.js";
import { errorPage } from "../pages/error-page.js";
import type { Locale } from "../pages/locale.js";
import { TEXTS, type ErrorKind } from "../pages/texts.js";
import type { Logger, Random } from "../ports.js";
import { loggedPath } from "./logged-path.js";
import { refusalWords } from "./no-order.js";
import { localeOf, sendPage } from "./page.js";
import { isShopFault } from "./shop-fault.js";

export interface ProblemParts {
  readonly logger: Logger;
  readonly random: Random;
  readonly shopUrl?: string;
}

/** Errors whose message is for the shop and not for whoever sent the request. */
const PRIVATE: ReadonlySet<AntomErrorCode> = new Set([
  "order_invalid",
  "body_missing",
  "storage_unavailable",
  "storage_not_durable",
  "configuration_invalid",
  "internal",
]);

const PAGES: Readonly<Partial<Record<AntomErrorCode, ErrorKind>>> = {
  method_not_allowed: "not_here",
  link_invalid: "link_invalid",
  payment_not_found: "not_found",
  origin_refused: "origin_refused",
  order_refused: "order_refused",
  order_paid: "order_paid",
  payment_closing: "payment_closing",
  card_invalid: "card_invalid",
  method_refused: "method_refused",
  combination_refused: "method_refused",
  card_not_found: "card_gone",
  buyer_unknown: "sign_in",
  storage_unavailable: "unavailable",
  gateway_unanswered: "unavailable",
  not_started: "unavailable",
  // Of a storage that cannot be used as it is: nothing is known of the payment that was asked for.
  storage_not_durable: "unavailable",
  configuration_invalid: "unavailable",
  internal: "unavailable",
};

const pageOf = (error: AntomError): ErrorKind | undefined => (isShopFault(error) ? "shop_fault" : PAGES[error.code]);

const PROBLEM_HEADERS = {
  "Content-Type": "application/problem+json; charset=utf-8",
  "X-Content-Type-Options": "nosniff",
  "Cache-Control": "no-store",
};

/**
 * Answers with an error: problem+json (RFC 9457), or a page for a browser that asks for one. Never a stack, never another's text.
 *
 * @param fallback what a buyer is told of an error that has no words of its own; false where no buyer is spoken to, and there are no pages
 */
export function sendProblem(
  req: Request,
  res: Response,
  thrown: unknown,
  parts: ProblemParts,
  fallback: ErrorKind | false,
): void {
  const error = isAntomError(thrown)
    ? thrown
    : new AntomError("internal", "something went wrong in the shop", { cause: thrown });
  const fields = { event: "request.refused", code: error.code, method: req.method, path: loggedPath(req), err: error };
  if (error.status >= 500) parts.logger.error(fields, error.message);
  else parts.logger.info({ ...fields, err: undefined }, error.message);
  if (res.headersSent) {
    breakOff(req, res);
    return;
  }
  if (error.status === 503) res.set("Retry-After", "5");
  // What is left of the body would be taken for the next request.
  if (!req.complete) res.set("Connection", "close");
  const kind = fallback === false ? undefined : (pageOf(error) ?? fallback);
  if (kind !== undefined && req.accepts(["json", "html"]) === "html") {
    const shop = parts.shopUrl === undefined ? {} : { shopUrl: parts.shopUrl };
    sendPage(req, res, parts.random, error.status, [], (nonce) =>
      errorPage({
        locale: localeOf(req),
        nonce,
        kind,
        words: refusalWords(error),
        ...shop,
        ...(error.code === "card_invalid" ? { cardFields: error.problems.map(cardFieldAt) } : {}),
      }),
    );
    return;
  }
  const { title } = ERRORS[error.code];
  const isPrivate = PRIVATE.has(error.code);
  const body = Buffer.from(
    JSON.stringify({
      type: error.help,
      title,
      status: error.status,
      code: error.code,
      detail: isPrivate ? title : error.message,
      // For the buyer, in their language; where the shop refuses, in its own words.
      ...(kind === undefined ? {} : { message: refusalWords(error) ?? TEXTS[localeOf(req)].errors[kind].text }),
      ...(error.remedy === undefined ? {} : { remedy: error.remedy }),
      ...(error.resultCode === undefined ? {} : { resultCode: error.resultCode }),
      ...(error.problems.length > 0 && !isPrivate ? { problems: problemsFor(error, localeOf(req)) } : {}),
    }),
  );
  // Not res.send, which would make an entity tag of it: a stranger's request is to cost little.
  res.writeHead(error.status, { ...PROBLEM_HEADERS, "Content-Length": body.length }).end(body);
}

/** Ends a response halfway, so that nobody takes what has come of it for the whole. */
function breakOff(req: Request, res: Response): void {
  // HTTP/1.0 has no chunks: the end of the connection is the end of the body, unless the connection is reset.
  if (req.httpVersion === "1.0") {
    try {
      res.socket?.resetAndDestroy();
    } catch {
      // TLS and pipes cannot be reset.
    }
  }
  res.destroy();
}

/** What is wrong with a card is also said to the buyer, in their language (`text`). */
const problemsFor = ({ code, problems }: AntomError, locale: Locale) =>
  code === "card_invalid"
    ? problems.map((problem) => ({ ...problem, text: TEXTS[locale].cardFields[cardFieldAt(problem)] }))
    : problems;

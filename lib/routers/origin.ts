import type { Request } from "express";
import { AntomError } from "../errors.js";

/** Whether a browser's request comes from a page that may start a checkout. */
export type OriginCheck = (req: Request) => boolean;

/** The check of a shop's own pages, and what they are. */
export type ShopOriginCheck = OriginCheck & { readonly origins: readonly string[] };

/**
 * What a browser says in place of a page's origin: of a form where the page's Referrer-Policy is "no-referrer" (helmet's default) or
 * "same-origin", and of everything in a sandbox. (Fetch standard, "append a request `Origin` header")
 */
const HIDDEN = "null";

/** What a request is refused with that comes from another page: where it came from, and where it should have. */
export function originRefused(req: Request, what: string, { origins }: ShopOriginCheck): AntomError {
  const referer = req.get("referer");
  // Of the page's address no more than its origin: what follows may be somebody's secret.
  const origin =
    req.get("origin") ?? (referer !== undefined && URL.canParse(referer) ? new URL(referer).origin : undefined);
  const came =
    origin === undefined ? `a ${req.get("sec-fetch-site") ?? "foreign"} page` : JSON.stringify(origin.slice(0, 200));
  const cure =
    origin === HIDDEN
      ? '. The page hides its origin by its Referrer-Policy: send it with "Referrer-Policy: strict-origin-when-cross-origin", and not in a sandbox'
      : "";
  return new AntomError(
    "origin_refused",
    `${what} from a page of the shop itself, or of an origin in allowedOrigins: this came from ${came}, and ${origins.join(" or ")} is expected${cure}`,
  );
}

/**
 * Lets in the shop's own pages and those of `allowed`; pages of anybody else, sandboxed ones and sibling subdomains included, are
 * refused. What says neither `Sec-Fetch-Site` nor `Origin` nor `Referer` is no browser that could be abused - every
 * browser sends one of them with a POST - and is let in.
 */
export function createOriginCheck(own: string, allowed: readonly string[]): ShopOriginCheck {
  const origins = new Set([own, ...allowed]);
  const check: OriginCheck = (req) => {
    const origin = req.get("origin");
    if (origin !== undefined && origins.has(origin)) return true;
    const site = req.get("sec-fetch-site");
    // The browser's own word: not even a page of this origin can forge it. "none" is the buyer's own doing, such as a reload.
    if (site !== undefined) return site === "same-origin" || site === "none";
    if (origin !== undefined) return false;
    const referer = req.get("referer");
    return referer === undefined || (URL.canParse(referer) && origins.has(new URL(referer).origin));
  };
  return Object.assign(check, { origins: [...origins] });
}

/** Whether a browser says itself that it sent a request: scripts and terminals send neither header. */
export const isFromBrowser = (req: Request): boolean =>
  req.get("origin") !== undefined || req.get("sec-fetch-site") !== undefined;

/**
 * Lets in pages of `own` only. The browser's word on the site comes first and is enough: it is sent to https and to this machine alone, where
 * no other name can be made to lead here. Without it the origin has to be the configured one, since what the request calls its host is what
 * whoever made the link, or the name server, says.
 */
export function createOwnPageCheck(own: string): OriginCheck {
  return (req) => {
    const site = req.get("sec-fetch-site");
    if (site !== undefined) return site === "same-origin" || site === "none";
    const origin = req.get("origin");
    if (origin !== undefined) return origin === own;
    const referer = req.get("referer");
    return referer === undefined || (URL.canParse(referer) && new URL(referer).origin === own);
  };
}

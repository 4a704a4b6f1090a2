import type { Request } from "express";

/** Whether a browser's request comes from a page that may start a checkout. */
export type OriginCheck = (req: Request) => boolean;

/**
 * Lets in the shop's own pages and those of `allowed`; pages of anybody else, sandboxed ones and sibling subdomains included, are
 * refused. What says neither `Sec-Fetch-Site` nor `Origin` nor `Referer` is no browser that could be abused - every
 * browser sends one of them with a POST - and is let in.
 */
export function createOriginCheck(own: string, allowed: readonly string[]): OriginCheck {
  const origins = new Set([own, ...allowed]);
  return (req) => {
    const origin = req.get("origin");
    if (origin !== undefined && origins.has(origin)) return true;
    const site = req.get("sec-fetch-site");
    // The browser's own word: not even a page of this origin can forge it. "none" is the buyer's own doing, such as a reload.
    if (site !== undefined) return site === "same-origin" || site === "none";
    if (origin !== undefined) return false;
    const referer = req.get("referer");
    return referer === undefined || (URL.canParse(referer) && origins.has(new URL(referer).origin));
  };
}

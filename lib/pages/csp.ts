import type { BuyerAction } from "../payment/payment.js";
import { secureLink } from "./link.js";

export interface PagePolicyOptions {
  /** What else forms may be sent to, beside the page's own origin: origins or schemes. See `formActionFor`. */
  readonly formAction?: readonly string[];
}

const NONCE = /^[A-Za-z0-9+/_-]{16,128}={0,2}$/;

/**
 * The content security policy of one of the kit's pages, as directives for helmet's
 * `contentSecurityPolicy({ useDefaults: false, directives })`. The nonce must be new and unguessable for every answer;
 * one that could not be told from policy text is refused with a TypeError.
 *
 * Browsers hold every redirect that follows a form against `form-action` too. So a page with "I have paid" (answered
 * with a 303 to the return URL, which may go on to the shop's own page) needs the origins of those pages here when they
 * are not its own.
 */
export const pagePolicy = (nonce: string, options: PagePolicyOptions = {}): Record<string, string[]> => {
  if (!NONCE.test(nonce)) throw new TypeError("A nonce is at least 16 characters of base64.");
  return {
    defaultSrc: ["'none'"],
    scriptSrc: [`'nonce-${nonce}'`],
    scriptSrcAttr: ["'none'"],
    styleSrc: [`'nonce-${nonce}'`],
    styleSrcAttr: ["'none'"],
    // The shop's icon in the browser's tab.
    imgSrc: ["'self'"],
    connectSrc: ["'self'"],
    formAction: ["'self'", ...(options.formAction ?? [])],
    baseUri: ["'none'"],
    frameAncestors: ["'none'"],
    requireTrustedTypesFor: ["'script'"],
    trustedTypes: ["'none'"],
  };
};

/**
 * What `form-action` must allow for the page that sends a buyer on. A form posted to Antom may be redirected to the page of
 * any bank, and Chromium blocks redirects to origins that are not listed; only the scheme can be told beforehand.
 */
export const formActionFor = (action: BuyerAction): string[] =>
  action.method === "POST" ? [secureLink(action.url).protocol] : [];

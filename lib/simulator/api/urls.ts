import { isWebUrl } from "../options.js";
import { Refusal } from "../result.js";

/** A page must not be sent to an address that runs or shows something of the sender's in the page's own name. */
const FORBIDDEN_SCHEMES = new Set(["javascript:", "data:", "vbscript:", "blob:", "file:", "about:"]);

/** @throws Refusal PARAM_ILLEGAL when the buyer or a notification could not be sent there */
export function checkUrls(request: { readonly paymentRedirectUrl: string; readonly paymentNotifyUrl?: string }): void {
  const { paymentRedirectUrl, paymentNotifyUrl } = request;
  if (!URL.canParse(paymentRedirectUrl) || FORBIDDEN_SCHEMES.has(new URL(paymentRedirectUrl).protocol)) {
    throw new Refusal("PARAM_ILLEGAL", "paymentRedirectUrl is not an address a buyer can be sent to.");
  }
  if (paymentNotifyUrl !== undefined && !isWebUrl(paymentNotifyUrl)) {
    throw new Refusal("PARAM_ILLEGAL", "paymentNotifyUrl is not an http or https address.");
  }
}

import { webUrl } from "../web-url.js";

/** Antom bounds its URLs at 2048 characters; what is longer than this is no link of anybody's. */
const MAX_LENGTH = 8192;

/**
 * A URL of the gateway, checked before a buyer is sent there: https, or http on this machine (a simulator), and without
 * a user name or password that could disguise the host. Throws a TypeError for anything else.
 */
export const secureLink = (text: string): URL => {
  const url = text.length <= MAX_LENGTH ? webUrl(text) : undefined;
  if (url !== undefined) return url;
  throw new TypeError("A buyer is sent to https only, or to http on this machine, without a user name or password.");
};

const BASE = "https://page.invalid";

/** A URL of the shop or the kit, for a link on a page: http or https, or relative. Throws a TypeError for any other scheme. */
export const pageLink = (url: string): string => {
  const target = url.length <= MAX_LENGTH && URL.canParse(url, BASE) ? new URL(url, BASE) : undefined;
  if (target?.protocol === "https:" || target?.protocol === "http:") return url;
  throw new TypeError("A page links to http and https only.");
};

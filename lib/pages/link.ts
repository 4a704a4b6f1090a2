import { isThisMachine } from "../this-machine.js";

/** Antom bounds its URLs at 2048 characters; what is longer than this is no link of anybody's. */
const MAX_LENGTH = 8192;

const parsed = (url: string, base?: string): URL => {
  if (url.length <= MAX_LENGTH && URL.canParse(url, base)) return new URL(url, base);
  throw new TypeError("This is not a URL a buyer can be sent to.");
};

/**
 * A URL of the gateway, checked before a buyer is sent there: https, or http on this machine (a simulator), and without
 * a user name or password that could disguise the host. Throws a TypeError for anything else.
 */
export const secureLink = (url: string): URL => {
  const target = parsed(url);
  const safe = target.protocol === "https:" || (target.protocol === "http:" && isThisMachine(target));
  if (!safe) throw new TypeError("A buyer is sent to https only, or to http on this machine.");
  if (target.username !== "" || target.password !== "") {
    throw new TypeError("A buyer is not sent to a URL with a user name or password in it.");
  }
  return target;
};

/** A URL of the shop or the kit, for a link on a page: http or https, or relative. Throws a TypeError for any other scheme. */
export const pageLink = (url: string): string => {
  const { protocol } = parsed(url, "https://page.invalid");
  if (protocol === "https:" || protocol === "http:") return url;
  throw new TypeError("A page links to http and https only.");
};

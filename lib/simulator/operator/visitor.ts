import type { IncomingMessage } from "node:http";
import { isIP } from "node:net";
import { isThisMachine } from "../../web-url.js";
import type { Simulation } from "../simulation.js";

type Visit = Pick<IncomingMessage, "headers" | "method">;

/**
 * Why a request is not answered, as a sentence; undefined where it is. Whoever develops a shop has other sites open beside it, whose pages
 * can have the browser send requests here: under a name of theirs that they make lead to this machine (DNS rebinding), which lets them read
 * the answers, or as a form, which changes something unread.
 */
export function refusalOf({ settings }: Simulation, { headers, method }: Visit): string | undefined {
  const host = urlOf(`http://${headers.host ?? ""}`);
  const base = settings.baseUrl === undefined ? undefined : new URL(settings.baseUrl);
  const isOwnName =
    host !== undefined &&
    // Nobody can make an address lead elsewhere.
    (isThisMachine(host) || isAddress(host) || host.hostname === base?.hostname || host.hostname === settings.host);
  if (!isOwnName) {
    return "The simulator does not answer under this name: use localhost or an address, or say where it is reached (the option baseUrl, or SIMULATOR_URL).";
  }
  if (method === "GET" || method === "HEAD") return undefined;
  const { origin, "sec-fetch-site": site } = headers;
  const isOwnPage =
    site === undefined
      ? origin === undefined || origin === base?.origin || urlOf(origin)?.host === host.host
      : site === "same-origin" || site === "none";
  return isOwnPage ? undefined : "Only the simulator's own page, or a program, can change something here.";
}

const isAddress = ({ hostname }: URL): boolean => isIP(hostname.replace(/^\[(.*)\]$/, "$1")) !== 0;

const urlOf = (text: string): URL | undefined => (URL.canParse(text) ? new URL(text) : undefined);

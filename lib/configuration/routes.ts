import { nearest } from "../nearest.js";
import { ROUTES, type RouteName } from "../routers/links.js";
import type { Report } from "./report.js";
import { webUrl } from "../web-url.js";

/** Where the routes are. */
export interface RoutePlaces {
  /** The path of each below `antom.router`; undefined where it is switched off. */
  readonly paths: Readonly<Record<RouteName, string | undefined>>;
  /** The URL of each, as buyers and Antom see it. */
  readonly urls: Readonly<Record<RouteName, string>>;
  /** The origin of the back office, as the staff see it: that of `publicUrl` unless `urls.operations` says otherwise. */
  readonly operationsOrigin: string;
}

const DEFAULT_PATHS: Readonly<Record<RouteName, string>> = {
  checkout: "/checkout",
  redirect: "/redirect",
  return: "/return",
  status: "/status",
  methods: "/methods",
  cards: "/cards",
  notify: "/notify",
  script: "/checkout.js",
};

/** All that can be mounted by itself. */
const MOUNTED = [...ROUTES, "operations"] as const;

/** Antom's limit of `refundNotifyUrl`; that of `paymentNotifyUrl` is 2048. */
const LONGEST_NOTIFY_URL = 1024;

/** A path of names, none of which climbs. */
const PATH = /^(\/(?!\.{1,2}(\/|$))[A-Za-z0-9._~-]+)+$/;

/** The routes that answer at their path itself. */
const AT_PATH: ReadonlySet<RouteName> = new Set(["notify", "checkout", "methods", "cards", "script"]);

/** The routes that answer whatever is one segment below their path. */
const BELOW_PATH: ReadonlySet<RouteName> = new Set(["status", "return", "redirect", "cards"]);

export function routesOf(given: Readonly<Record<string, unknown>>, report: Report): RoutePlaces {
  const publicUrl = webUrl(given["publicUrl"]);
  if (publicUrl?.search !== "" || publicUrl.hash !== "") {
    report(
      "publicUrl",
      "must be the https URL where antom.router is mounted, as buyers and Antom see it (http only on localhost)",
    );
  }
  const root = publicUrl === undefined ? "" : plainUrl(publicUrl);
  const routes = members(given["routes"], "routes", ROUTES, report);
  const elsewhere = members(given["urls"], "urls", MOUNTED, report);
  const paths: Record<string, string | undefined> = {};
  const urls: Record<string, string> = {};
  for (const name of ROUTES) {
    const path = routes[name];
    if (path === undefined) paths[name] = DEFAULT_PATHS[name];
    else if (path === false) paths[name] = undefined;
    else if (typeof path === "string" && PATH.test(path)) paths[name] = path;
    else report(`routes.${name}`, 'must be a path such as "/pay", or false to leave the route out');
    urls[name] = root + (paths[name] ?? DEFAULT_PATHS[name]);
  }
  for (const name of MOUNTED) {
    if (elsewhere[name] === undefined) continue;
    const url = webUrl(elsewhere[name]);
    if (url?.hash !== "") report(`urls.${name}`, "must be an https URL (http only on localhost)");
    else if (url.search !== "" && name !== "notify") report(`urls.${name}`, "must be a URL without a query");
    else urls[name] = name === "notify" ? signedUrl(url) : plainUrl(url);
  }
  if ((urls["notify"] ?? "").length > LONGEST_NOTIFY_URL) {
    const at = elsewhere["notify"] === undefined ? "publicUrl" : "urls.notify";
    report(at, `must give a notify URL of at most ${LONGEST_NOTIFY_URL} characters, which is what Antom takes`);
  }
  for (const name of ROUTES) {
    const problem = routes[name] === undefined ? undefined : pathProblem(name, paths);
    if (problem !== undefined) report(`routes.${name}`, problem);
  }
  const originOf = (name: RouteName): string | undefined => webUrl(elsewhere[name] ?? root)?.origin;
  const asking = originOf("status");
  const pages = [originOf("return"), originOf("redirect")];
  if (asking !== undefined && pages.some((page) => page !== undefined && page !== asking)) {
    report("urls.status", "must be of one origin with return and redirect, whose pages may ask no other");
  }
  const operationsOrigin = webUrl(urls["operations"] ?? root)?.origin ?? "";
  return { paths: paths as RoutePlaces["paths"], urls: urls as RoutePlaces["urls"], operationsOrigin };
}

/** A URL as it can be added to: without a "?" or "#" that nothing follows, and without a slash at its end. */
const plainUrl = ({ origin, pathname }: URL): string => origin + pathname.replace(/\/+$/, "");

/** A URL whose path and query Antom signs: a slash at its end stays, since the dashboard may have the same URL, slash and all. */
const signedUrl = ({ origin, pathname, search }: URL): string => origin + pathname + search;

/** Why a route would not be found at its path; undefined where it would. */
function pathProblem(name: RouteName, paths: Readonly<Record<string, string | undefined>>): string | undefined {
  // Express looks for paths without regard to case.
  const lower = (route: RouteName): string | undefined => paths[route]?.toLowerCase();
  const path = lower(name);
  if (path === undefined) return undefined;
  const same = ROUTES.find((other) => other !== name && lower(other) === path);
  if (same !== undefined) return `is also the path of ${same}`;
  if (!AT_PATH.has(name)) return undefined;
  const parent = path.slice(0, path.lastIndexOf("/"));
  // Only what is looked through before it is in its way.
  const first = ROUTES.slice(0, ROUTES.indexOf(name)).find((other) => BELOW_PATH.has(other) && lower(other) === parent);
  return first && `is never reached: ${first} takes every path one segment below its own; choose another path`;
}

/** The members of an option that goes by route, with the misspelt ones reported. */
function members(
  value: unknown,
  at: string,
  names: readonly string[],
  report: Report,
): Readonly<Record<string, unknown>> {
  if (value === undefined) return {};
  if (typeof value !== "object" || value === null) {
    report(at, "must be an object by route");
    return {};
  }
  for (const name of Object.keys(value)) {
    if (names.includes(name)) continue;
    const meant = nearest(name, names);
    report(
      `${at}.${name}`,
      `is not a route${meant === undefined ? `; there are ${names.join(", ")}` : `; did you mean "${meant}"?`}`,
    );
  }
  return { ...value };
}

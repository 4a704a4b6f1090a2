import { documentation } from "../documentation.js";
import { AntomError, type Problem } from "../errors.js";
import type { KeyObject } from "node:crypto";
import { createKeyRing, type KeyRing } from "../gateway/key-ring.js";
import { isPair, KeyProblem, privateKey } from "../gateway/keys.js";
import { GATEWAYS } from "../gateway/paths.js";
import { nearest } from "../nearest.js";
import type { AntomOptions } from "../options.js";
import { isPlainObject } from "../plain-object.js";
import { readCardKeys } from "./card-key.js";
import { checkClientId, checkHooks, checkRest, checkStorage } from "./checks.js";
import type { Report } from "./report.js";
import { routesOf, type RoutePlaces } from "./routes.js";
import { waysOf, type ContractedWays } from "./ways.js";
import { webUrl } from "../web-url.js";

/** Every option there is; the build fails when this and AntomOptions differ. */
const OPTIONS: Readonly<Record<keyof AntomOptions, true>> = {
  clientId: true,
  privateKey: true,
  keyVersion: true,
  antomPublicKey: true,
  gateway: true,
  publicUrl: true,
  secret: true,
  storage: true,
  order: true,
  hooks: true,
  resultPage: true,
  shopUrl: true,
  allowedOrigins: true,
  routes: true,
  urls: true,
  pciQualified: true,
  buyer: true,
  cardKey: true,
  account: true,
  merchantRegion: true,
  contract: true,
  beforeHoldEnds: true,
  authorize: true,
  settlementCurrency: true,
  merchantAccountId: true,
  agentToken: true,
  worker: true,
  pollInterval: true,
  rushAt: true,
  hookTimeout: true,
  gatewayTimeout: true,
  logger: true,
  clock: true,
  random: true,
  transport: true,
};
export const OPTION_NAMES = Object.keys(OPTIONS);

/** The options, checked and worked out once. */
export interface Configuration extends RoutePlaces {
  readonly privateKey: KeyObject;
  readonly keyRing: KeyRing;
  readonly origin: string;
  readonly secrets: readonly string[];
  /** Empty where no cards are kept. */
  readonly cardKeys: readonly Buffer[];
  readonly ways: ContractedWays;
}

/**
 * Checks all options and reports all that is wrong with them at once.
 *
 * @throws AntomError `configuration_invalid` with one problem for each, none of which shows a key or a secret
 */
export function configure(options: AntomOptions): Configuration {
  const problems: Problem[] = [];
  const report: Report = (at, message) => {
    problems.push({ at, message });
  };
  const given: Readonly<Record<string, unknown>> = { ...options };

  for (const name of Object.keys(given)) {
    if (Object.hasOwn(OPTIONS, name)) continue;
    const meant = nearest(name, OPTION_NAMES);
    report(
      name,
      `is not an option${meant === undefined ? `; see ${documentation("options.md")}` : `; did you mean "${meant}"?`}`,
    );
  }

  checkClientId(given["clientId"], report);
  const key = attempt("privateKey", report, () => privateKey(given["privateKey"]));
  const keyRing = attempt("antomPublicKey", report, () => createKeyRing(keysOf(given["antomPublicKey"])));
  if (key && keyRing?.keys.some((candidate) => isPair(key, candidate))) {
    report(
      "antomPublicKey",
      "is the public half of privateKey; Antom's own public key, which the dashboard shows once yours is uploaded, belongs here",
    );
  }
  if (given["keyVersion"] !== undefined && !isVersion(given["keyVersion"])) {
    report("keyVersion", 'must be a number in digits, as text: "1"');
  }
  const origin = gatewayOrigin(given["gateway"], report);
  const secrets = secretsOf(given["secret"], report);
  const { paths, urls, operationsOrigin } = routesOf(given, report);
  checkStorage(given["storage"], report);
  if (typeof given["order"] !== "function") {
    report("order", "must be a function that answers with the order to pay, from the shop's own records");
  }
  checkHooks(given["hooks"], report);
  const cardKeys = given["cardKey"] === undefined ? [] : readCardKeys(given["cardKey"], report);
  const ways = waysOf(given, report);
  checkRest(given, report);

  if (problems.length > 0 || !key || !keyRing || origin === undefined || secrets === undefined) {
    const list = problems.map(({ at, message }) => `  ${at}: ${message}`).join("\n");
    throw new AntomError("configuration_invalid", `createAntom cannot work with these options:\n${list}`, { problems });
  }
  return { privateKey: key, keyRing, origin, secrets, paths, urls, operationsOrigin, cardKeys, ways };
}

function attempt<T>(at: string, report: Report, action: () => T): T | undefined {
  try {
    return action();
  } catch (error) {
    if (!(error instanceof KeyProblem)) throw error;
    report(at, error.message);
    return undefined;
  }
}

const isVersion = (value: unknown): boolean => typeof value === "string" && /^[0-9]{1,9}$/.test(value);

/** One key, whatever was given for it, or several by version. */
function keysOf(value: unknown): unknown {
  // Not of a Buffer, whose bytes go by numbers too.
  if (!isPlainObject(value) && !Array.isArray(value)) return value;
  const entries = Array.isArray(value) ? [] : Object.entries(value);
  if (entries.length === 0 || !entries.every(([version]) => isVersion(version))) {
    throw new KeyProblem('several keys are given by their version, such as { "1": "...", "2": "..." }');
  }
  return value;
}

function gatewayOrigin(value: unknown, report: Report): string | undefined {
  const regions = Object.keys(GATEWAYS);
  if (typeof value === "string" && Object.hasOwn(GATEWAYS, value)) return GATEWAYS[value as keyof typeof GATEWAYS];
  const url = webUrl(value);
  if (url?.pathname === "/" && url.search === "" && url.hash === "") return url.origin;
  const meant = typeof value === "string" ? nearest(value, regions) : undefined;
  report(
    "gateway",
    `must be one of ${regions.map((region) => `"${region}"`).join(", ")}, or an https URL without a path (http only on this machine: localhost, 127.0.0.1, names that end in .localhost or .test)` +
      (meant === undefined ? "" : `; did you mean "${meant}"?`),
  );
  return undefined;
}

function secretsOf(value: unknown, report: Report): string[] | undefined {
  const secrets: unknown[] = Array.isArray(value) ? value : [value];
  const strong = secrets.filter((secret): secret is string => typeof secret === "string" && secret.length >= 32);
  if (strong.length > 0 && strong.length === secrets.length) return strong;
  report(
    "secret",
    "must be at least 32 characters nobody can guess, or an array of such; is its environment variable set?",
  );
  return undefined;
}

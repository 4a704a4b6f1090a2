import { documentation } from "../documentation.js";
import { nearest } from "../nearest.js";
import { CURRENCY } from "../payment/amount.js";
import { EVENT_TYPES } from "../payment/events.js";
import { isPlainObject } from "../plain-object.js";
import type { Report } from "./report.js";
import { webUrl } from "../web-url.js";

const STORAGE_STEPS = [
  "start",
  "stop",
  "open",
  "commit",
  "defer",
  "get",
  "find",
  "findByOrder",
  "list",
  "overview",
  "journal",
  "claim",
  "settle",
  "tasks",
  "redrive",
  "prune",
] as const;
const CARD_STEPS = ["put", "list", "get", "remove"] as const;

/** Docker's `--env-file` leaves the quote marks around a value. */
const QUOTED = /^["'`\u2018-\u201f]|["'`\u2018-\u201f]$/;

/** Whatever does not begin as those of the sandbox do is taken for a live one, so an id of the sandbox that is misspelt is told here. */
export function checkClientId(value: unknown, report: Report): void {
  if (typeof value === "string" && QUOTED.test(value)) {
    report("clientId", "this has a quote mark around it; the client id belongs here without it");
  } else if (typeof value !== "string" || !/^[\x21-\x7e]{1,128}$/.test(value)) {
    report("clientId", "must be the client id from Antom's dashboard");
  } else if (/^sandbox_/i.test(value) && !value.startsWith("SANDBOX_")) {
    const meant = `SANDBOX_${value.slice("SANDBOX_".length)}`;
    report("clientId", `must begin with "SANDBOX_" in capitals to go to the sandbox; did you mean "${meant}"?`);
  }
}

export function checkStorage(value: unknown, report: Report): void {
  const missing = STORAGE_STEPS.filter((step) => !has(value, [step]));
  if (missing.length === STORAGE_STEPS.length) {
    report("storage", 'must say where payments are kept, such as sqliteStorage("payments.db")');
    return;
  }
  const cards = typeof value === "object" && value !== null && "cards" in value ? value.cards : undefined;
  const lacking = [...missing, ...CARD_STEPS.filter((step) => !has(cards, [step])).map((step) => `cards.${step}`)];
  if (lacking.length > 0) report("storage", `lacks ${lacking.join(", ")}; see ${documentation("storage.md")}`);
}

export function checkHooks(value: unknown, report: Report): void {
  if (value === undefined) return;
  if (!isPlainObject(value)) {
    // Of an instance the methods stand in its class, and of a Map nothing is a member: neither would ever be called.
    report(
      "hooks",
      'must be a plain object of functions by event; of an instance or a Map say { "payment.captured": (event) => it.captured(event) }',
    );
    return;
  }
  for (const [name, hook] of Object.entries(value)) {
    if (!(EVENT_TYPES as readonly string[]).includes(name)) {
      const meant = nearest(name, EVENT_TYPES);
      report(
        `hooks.${name}`,
        `is not an event${meant === undefined ? `; see ${documentation("hooks.md")}` : `; did you mean "${meant}"?`}`,
      );
    } else if (typeof hook !== "function") report(`hooks.${name}`, "must be a function");
  }
}

const isCurrency = (value: unknown): boolean => typeof value === "string" && new RegExp(CURRENCY).test(value);

/**
 * Between what the options that are times must lie, in milliseconds. A hook and its transaction have to end within a task's lease (LEASE in
 * ledger/worker.ts, TRANSACTION_GRACE in ledger/hook-transaction.ts), and a call before the worker takes it over (RECOVERY in
 * payment/follow-up.ts).
 */
export const TIME_LIMITS = {
  pollInterval: { least: 10, most: 60_000 },
  hookTimeout: { least: 10, most: 20_000 },
  gatewayTimeout: { least: 1_000, most: 18_000 },
} as const;

export function checkRest(given: Readonly<Record<string, unknown>>, report: Report): void {
  for (const [name, { least, most }] of Object.entries(TIME_LIMITS)) {
    const value = given[name];
    if (value === undefined) continue;
    if (typeof value !== "number" || !(value >= least && value <= most)) {
      report(name, `must be a number of milliseconds from ${least} to ${most}`);
    }
  }
  const { rushAt } = given;
  if (rushAt !== undefined && rushAt !== Infinity && !(Number.isInteger(rushAt) && Number(rushAt) > 0)) {
    report("rushAt", "must be a whole number from 1, or Infinity");
  }
  if (given["worker"] !== undefined && typeof given["worker"] !== "boolean") report("worker", "must be true or false");
  if (given["shopUrl"] !== undefined && webUrl(given["shopUrl"]) === undefined) {
    report("shopUrl", "must be an https URL (http only on localhost)");
  }
  if (given["resultPage"] !== undefined && typeof given["resultPage"] !== "function") {
    report("resultPage", "must be a function of an outcome and a payment that answers with a URL or undefined");
  }
  const { allowedOrigins } = given;
  const isOrigin = (value: unknown): boolean => value !== undefined && webUrl(value)?.origin === value;
  if (allowedOrigins !== undefined && !(Array.isArray(allowedOrigins) && allowedOrigins.every(isOrigin))) {
    report("allowedOrigins", 'must be an array of origins such as "https://shop.example", without a path');
  }
  if (given["settlementCurrency"] !== undefined && !isCurrency(given["settlementCurrency"])) {
    report("settlementCurrency", "must be three upper-case letters of ISO 4217");
  }
  for (const [name, most] of [
    ["merchantAccountId", 32],
    ["agentToken", 128],
  ] as const) {
    const value = given[name];
    if (value === undefined) continue;
    if (typeof value !== "string" || !/^[\x20-\x7e]+$/.test(value) || value.length > most)
      report(name, `must be a text of at most ${most} characters of ASCII`);
  }
  const { beforeHoldEnds, authorize } = given;
  if (beforeHoldEnds !== undefined && beforeHoldEnds !== "capture" && beforeHoldEnds !== "void") {
    report("beforeHoldEnds", 'must be "capture" or "void"');
  }
  if (authorize !== undefined && typeof authorize !== "function") {
    report("authorize", 'must be a function of a request that answers with "view", "manage", { may, name } or false');
  }
  const { logger, clock } = given;
  if (logger !== undefined && logger !== false && !has(logger, ["debug", "info", "warn", "error"])) {
    report("logger", "must be a pino logger, something with debug, info, warn and error, or false");
  }
  if (clock !== undefined && !has(clock, ["now", "after"])) report("clock", "must have the functions now and after");
  for (const name of ["random", "transport"]) {
    if (given[name] !== undefined && typeof given[name] !== "function") report(name, "must be a function");
  }
}

/** Whether a value has functions of these names. */
const has = (value: unknown, names: readonly string[]): boolean =>
  typeof value === "object" &&
  value !== null &&
  names.every((name) => typeof (value as Record<string, unknown>)[name] === "function");

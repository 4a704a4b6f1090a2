import type { BuyerAction } from "../payment/payment.js";
import { webUrl } from "../web-url.js";
import { membersOf, textOf } from "./lenient.js";
import { text } from "./wire.js";

/** The fields of an answer that say where the buyer has to go. */
export const actionFields = {
  normalUrl: text(2048),
  redirectActionForm: {
    type: "object",
    properties: {
      method: text(8),
      redirectUrl: text(2048),
      parameters: { type: ["string", "object"], maxLength: 4096, maxProperties: 64 },
    },
  },
  paymentActionForm: text(8192),
  challengeActionForm: {},
} as const;

export interface WireAction {
  normalUrl?: string;
  redirectActionForm?: { method?: string; redirectUrl?: string; parameters?: string | Record<string, unknown> };
  paymentActionForm?: string;
  challengeActionForm?: unknown;
}

/**
 * Where the buyer has to go: `normalUrl` first, then `redirectActionForm` (deprecated, still sent), then `paymentActionForm`.
 * The documents name several and their Korean sample fills all three; this order is the one Antom recommends for the web.
 */
export function readAction(wire: WireAction): BuyerAction | undefined {
  return (
    link(wire.normalUrl) ??
    form(wire.redirectActionForm) ??
    (wire.paymentActionForm === undefined ? undefined : form(formOf(parsed(wire.paymentActionForm))))
  );
}

/**
 * What Antom wants the buyer to be asked (`challengeActionForm`: `SMS_OTP`, `PLAINTEXT_CARD_NO`, `CARD_EXPIRE_DATE`), where it names no
 * page for that. Only the kind is read: what the challenge shows, and what is to be answered, is the buyer's own.
 */
export function readChallenge(wire: WireAction): string | undefined {
  const form = wire.challengeActionForm;
  const members = membersOf(typeof form === "string" ? parsed(form) : form);
  return Object.keys(members).length === 0 ? undefined : (textOf(members["challengeType"], 64) ?? "of an unknown kind");
}

const link = (url: string | undefined): BuyerAction | undefined => {
  const safe = webUrl(url);
  return safe === undefined ? undefined : { url: safe.href, method: "GET" };
};

function form(wire: WireAction["redirectActionForm"]): BuyerAction | undefined {
  const url = webUrl(wire?.redirectUrl)?.href;
  if (wire === undefined || url === undefined) return undefined;
  if (wire.method?.toUpperCase() !== "POST") return { url, method: "GET" };
  return { url, method: "POST", parameters: fields(wire.parameters) };
}

function formOf(value: unknown): WireAction["redirectActionForm"] {
  if (!isRecord(value)) return undefined;
  const own = membersOf(value);
  const method = own["method"];
  const redirectUrl = own["redirectUrl"];
  const parameters = own["parameters"];
  return {
    ...(typeof method === "string" ? { method } : {}),
    ...(typeof redirectUrl === "string" ? { redirectUrl } : {}),
    ...(typeof parameters === "string" || isRecord(parameters) ? { parameters } : {}),
  };
}

/** Some forms come as JSON in a text. */
function parsed(text: string): unknown {
  try {
    return JSON.parse(text) as unknown;
  } catch {
    return undefined;
  }
}

/** "Key-value text" (Antom): JSON in the samples that have it, a query string in older ones. */
function fields(parameters: string | Record<string, unknown> | undefined): Record<string, string> {
  if (parameters === undefined || parameters === "") return {};
  if (typeof parameters !== "string") return strings(parameters);
  const value = parsed(parameters);
  if (isRecord(value)) return strings(value);
  return Object.fromEntries(new URLSearchParams(parameters));
}

const strings = (record: Record<string, unknown>): Record<string, string> =>
  Object.fromEntries(
    Object.entries(record).flatMap(([name, value]) =>
      typeof value === "string" || typeof value === "number" || typeof value === "boolean"
        ? [[name, String(value)] as const]
        : [],
    ),
  );

const isRecord = (value: unknown): value is Record<string, unknown> =>
  typeof value === "object" && value !== null && !Array.isArray(value);

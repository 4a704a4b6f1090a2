import { createHmac, createSecretKey, timingSafeEqual } from "node:crypto";
import { isPaymentId } from "../payment/id.js";

/** The kit's own routes, in the order in which they are looked through: the busy ones first. Each can be mounted where the shop likes. */
export const ROUTES = ["notify", "checkout", "status", "return", "redirect", "methods", "cards", "script"] as const;
/** One of the kit's own routes. */
export type RouteName = (typeof ROUTES)[number];

/** Links given to buyers: each names a payment and proves, by a token, that the kit made it. */
export interface Links {
  readonly redirect: (id: string) => string;
  readonly return: (id: string) => string;
  readonly status: (id: string) => string;
  /** Whether the token is the payment's own, made with any of the secrets. */
  isGenuine(id: unknown, token: unknown): id is string;
}

/** Of so many payments the tokens are kept: a checkout needs them three times. */
const MOST_KEPT = 1_000;

/**
 * @param secrets the first makes tokens, all are accepted, so that a secret can be replaced without breaking links that are out
 * @param urls where each route is, as buyers see it
 */
export function createLinks(secrets: readonly string[], urls: Readonly<Record<RouteName, string>>): Links {
  const keys = secrets.map((secret) => createSecretKey(secret, "utf8"));
  const made = new Map<string, readonly Buffer[]>();
  const tokens = (id: string): readonly Buffer[] => {
    const known = made.get(id);
    if (known !== undefined) return known;
    const all = keys.map((key) => createHmac("sha256", key).update(`express-antom link ${id}`).digest());
    if (made.size >= MOST_KEPT) made.clear();
    made.set(id, all);
    return all;
  };
  const link = (route: RouteName) => (id: string) =>
    `${urls[route]}/${id}?token=${tokens(id)[0]?.toString("base64url") ?? ""}`;
  return {
    redirect: link("redirect"),
    return: link("return"),
    status: link("status"),
    isGenuine(id, token): id is string {
      if (typeof id !== "string" || !isPaymentId(id) || typeof token !== "string" || token.length > 64) return false;
      const given = Buffer.from(token, "base64url");
      return tokens(id).some((expected) => expected.length === given.length && timingSafeEqual(expected, given));
    },
  };
}

import type { Request, Response } from "express";
import { AntomError } from "../errors.js";
import type { Methods } from "../ledger/methods.js";
import type { WaysAllowed } from "../ledger/way-to-pay.js";
import { AMOUNT_VALUE, CURRENCY, type Amount } from "../payment/amount.js";
import { PAYMENT_METHODS, type PaymentMethodName } from "../payment/method.js";
import { compileStrict, problemsOf } from "../validation.js";
import { preflight, readableBy } from "./cross-origin.js";
import { rawQueryOf } from "./query.js";
import { route, type Route, type RouteParts } from "./route.js";

export interface MethodsRouterParts extends RouteParts {
  readonly methods: Methods;
  readonly ways: WaysAllowed;
  readonly allowedOrigins: ReadonlySet<string>;
}

const isAmount = compileStrict<Amount>({
  type: "object",
  additionalProperties: false,
  required: ["currency", "value"],
  properties: {
    currency: { type: "string", pattern: CURRENCY, description: "three upper-case letters of ISO 4217" },
    value: { type: "string", pattern: AMOUNT_VALUE, description: "a whole positive number of minor units" },
  },
});

/**
 * `GET /methods?currency=EUR&value=1999`: how an amount can be paid here, by what the options allow and what Antom offers. Brands and
 * plans are for showing; what is really possible Antom says when it is paid.
 */
export function methodsRoutes(parts: MethodsRouterParts): readonly Route[] {
  const get = async (req: Request, res: Response): Promise<void> => {
    const amount: unknown = rawQueryOf(req);
    if (!isAmount(amount)) {
      const problems = problemsOf(isAmount);
      throw new AntomError("request_invalid", problems.map(({ at, message }) => `${at} ${message}`).join("; "), {
        problems,
      });
    }
    const offer = await parts.methods(amount);
    res
      .set("Cache-Control", offer.source === "antom" ? "private, max-age=60" : "no-store")
      .set("X-Content-Type-Options", "nosniff")
      .json({ methods: PAYMENT_METHODS.filter((method) => isOffered(method, amount, parts.ways)), ...offer });
  };
  const enter = readableBy(parts.allowedOrigins);
  return [route("/", { GET: get, OPTIONS: preflight("GET") }, parts, false, { enter })];
}

function isOffered(
  method: PaymentMethodName,
  amount: Amount,
  { pciQualified, storesCards, contract }: WaysAllowed,
): boolean {
  switch (method) {
    case "hosted":
      return contract.account === "antom";
    case "card":
      return pciQualified;
    case "stored-card":
      return storesCards;
    case "issuer-authentication":
      return contract.account === "antom" && amount.currency === "KRW";
  }
}

import type { WaysAllowed } from "../ledger/way-to-pay.js";
import type { CaptureContract } from "../payment/permit.js";
import { nearest } from "../nearest.js";
import type { Report } from "./report.js";

const ACCOUNTS = ["antom", "apo"] as const;
const PLACES = ["paymentMethodMetaData", "paymentMethod"] as const;
const CONTRACT = ["koreanManualCapture", "issuerAuthenticationIn", "partialCapture", "multipleCaptures"] as const;

/** The ways to pay, and what the contract lets be done with what was paid. */
export type ContractedWays = WaysAllowed & { readonly contract: CaptureContract };

/** The ways to pay that the options allow. */
export function waysOf(given: Readonly<Record<string, unknown>>, report: Report): ContractedWays {
  const { pciQualified, buyer, cardKey, account, merchantRegion } = given;
  if (pciQualified !== undefined && typeof pciQualified !== "boolean") report("pciQualified", "must be true or false");
  if (buyer !== undefined && typeof buyer !== "function") {
    report("buyer", "must be a function that answers with the shop's own id of the signed-in buyer, or undefined");
  }
  if (buyer !== undefined && cardKey === undefined) {
    report(
      "cardKey",
      "is missing: stored cards need a key to be encrypted with; make one with node -p \"crypto.randomBytes(32).toString('base64')\"",
    );
  }
  if (cardKey !== undefined && buyer === undefined) {
    report("buyer", "is missing: with cardKey cards are kept, so the kit must know whose they are");
  }
  if (account !== undefined && oneOf(ACCOUNTS, account) === undefined) report("account", 'must be "antom" or "apo"');
  if (account === "apo" && pciQualified !== true) {
    report("pciQualified", 'must be true with account "apo": the shop collects every card there');
  }
  const isRegion = typeof merchantRegion === "string" && /^[A-Z]{2}$/.test(merchantRegion);
  if (merchantRegion !== undefined && !isRegion) {
    report("merchantRegion", "must be two upper-case letters of ISO 3166");
  }
  const contract = contractOf(given["contract"], report);
  return {
    pciQualified: pciQualified === true,
    storesCards: buyer !== undefined && cardKey !== undefined,
    contract: { account: oneOf(ACCOUNTS, account) ?? "antom", ...contract },
    ...(isRegion ? { merchantRegion } : {}),
  };
}

function contractOf(value: unknown, report: Report): Omit<WaysAllowed["contract"], "account"> & CaptureContract {
  const isObject = typeof value === "object" && value !== null && !Array.isArray(value);
  if (value !== undefined && !isObject) report("contract", "must be an object");
  const given = new Map<string, unknown>(isObject ? Object.entries(value) : []);
  for (const name of given.keys()) {
    if ((CONTRACT as readonly string[]).includes(name)) continue;
    const meant = nearest(name, CONTRACT);
    report(
      `contract.${name}`,
      `is not known${meant === undefined ? `; there are ${CONTRACT.join(", ")}` : `; did you mean "${meant}"?`}`,
    );
  }
  const flag = (name: (typeof CONTRACT)[number]): boolean => {
    const flag = given.get(name) ?? false;
    if (typeof flag !== "boolean") report(`contract.${name}`, "must be true or false");
    return flag === true;
  };
  const flags = {
    koreanManualCapture: flag("koreanManualCapture"),
    partialCapture: flag("partialCapture"),
    multipleCaptures: flag("multipleCaptures"),
  };
  const place = given.get("issuerAuthenticationIn") ?? "paymentMethodMetaData";
  const issuerAuthenticationIn = oneOf(PLACES, place);
  if (issuerAuthenticationIn === undefined) {
    report("contract.issuerAuthenticationIn", 'must be "paymentMethodMetaData" or "paymentMethod"');
  }
  return { ...flags, issuerAuthenticationIn: issuerAuthenticationIn ?? "paymentMethodMetaData" };
}

const oneOf = <T extends string>(names: readonly T[], value: unknown): T | undefined =>
  names.find((name) => name === value);

import type { Amount } from "../../lib/index.js";

/** A way to pay in parts, as `GET /payments/methods` tells it. */
export interface Plan {
  readonly installmentNum: number;
  /** In per cent. */
  readonly interestRate?: string;
  readonly isInterestFree: boolean;
}

/** The instalment plans for an amount; none where there are none, or nobody can say in time. Never rejects. */
export type Plans = (amount: Amount) => Promise<readonly Plan[]>;

/** How long a page waits for what it can do without, in milliseconds. */
const PATIENCE = 1_000;

/**
 * Asks the kit's `GET /methods`, here on the server, so that the page works without script. A page with a script of its own asks from the
 * browser.
 *
 * @param base where the kit is mounted
 */
export const plansFrom =
  (base: string): Plans =>
  async ({ currency, value }) => {
    try {
      const query = new URLSearchParams({ currency, value }).toString();
      const response = await fetch(`${base}/methods?${query}`, { signal: AbortSignal.timeout(PATIENCE) });
      const plans = memberOf(memberOf(await response.json(), "installments"), "plans");
      return Array.isArray(plans) ? plans.flatMap(planOf) : [];
    } catch {
      return [];
    }
  };

function planOf(value: unknown): Plan[] {
  const installmentNum = memberOf(value, "installmentNum");
  const interestRate = memberOf(value, "interestRate");
  if (typeof installmentNum !== "number") return [];
  return [
    {
      installmentNum,
      isInterestFree: memberOf(value, "isInterestFree") === true || interestRate === "0",
      ...(typeof interestRate === "string" ? { interestRate } : {}),
    },
  ];
}

const memberOf = (value: unknown, name: string): unknown =>
  typeof value === "object" && value !== null ? Reflect.get(value, name) : undefined;

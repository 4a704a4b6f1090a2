import { setTimeout as delay } from "node:timers/promises";
import type { Client } from "../client.js";
import { textAt } from "../records.js";
import type { Act, Plan } from "./plan.js";

/** How long the staff waits for something to become possible: looks, and milliseconds between them. */
const LOOKS = 25;
const BETWEEN = 120;

/** Does what the staff is to do with a payment. */
export async function operate(id: string, { order, acts, patience }: Plan, client: Client): Promise<void> {
  const isReady = (kind: Act["kind"], status: string | undefined, captured: string | undefined): boolean =>
    kind === "refund" ? captured !== undefined && captured !== "0" : status === "authorized" || status === "captured";

  const awaited = async (kind: Act["kind"]): Promise<boolean> => {
    for (let look = 0; look < LOOKS; look++) {
      if (look > 0) await delay(BETWEEN);
      const reply = await client.ask({ method: "GET", path: `/staff/${id}` }, 3);
      const status = textAt(reply?.body, "payment", "status");
      if (isReady(kind, status, textAt(reply?.body, "payment", "capturedAmount"))) return true;
      if (status === "failed" || status === "voided" || status === "expired") return false;
    }
    return false;
  };

  let count = 0;
  for (const group of acts) {
    const [first] = group;
    if (first === undefined || !(await awaited(first.kind))) return;
    await Promise.all(
      group.flatMap(({ kind, amount, copies }) => {
        const key = `${order}-${++count}-${kind}`;
        const body = amount === undefined ? {} : { amount };
        return Array.from({ length: copies }, () =>
          client.ask({ method: "POST", path: `/staff/${id}/${kind}`, key, body }, patience),
        );
      }),
    );
  }
}

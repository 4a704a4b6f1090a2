import { CHECKOUT_PATH } from "./keys.js";
import { request, writeRecords, type Records } from "./records.js";

const STRIDE = 512;
const BROWSER = {
  "content-type": "application/json",
  accept: "application/json",
  "user-agent": "Mozilla/5.0 (X11; Linux x86_64)",
};

/** Buyers' checkouts, each of another order. */
export const writeCheckouts = (file: string, count: number): Promise<Records> =>
  writeRecords(file, count, STRIDE, (number) =>
    request("POST", CHECKOUT_PATH, BROWSER, JSON.stringify({ orderId: `order-${String(number).padStart(9, "0")}` })),
  );

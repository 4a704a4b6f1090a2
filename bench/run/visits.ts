import { createLinks, ROUTES } from "../../lib/routers/links.js";
import { PUBLIC_URL } from "./keys.js";
import { paymentId } from "./payment-ids.js";
import { request, writeRecords, type Records } from "./records.js";

const STRIDE = 512;
const BROWSER = { accept: "application/json", "user-agent": "Mozilla/5.0 (X11; Linux x86_64)" };

/** Buyers' requests by the links the kit gave them: one for each payment, beginning with that of number `from`. */
export function writeVisits(
  file: string,
  route: "status" | "return",
  { from = 0, count }: { readonly from?: number; readonly count: number },
  secret: string,
): Promise<Records> {
  const urls = Object.fromEntries(ROUTES.map((name) => [name, `${PUBLIC_URL}/${name}`])) as Record<
    (typeof ROUTES)[number],
    string
  >;
  const links = createLinks([secret], urls);
  return writeRecords(file, count, STRIDE, (number) => {
    const { pathname, search } = new URL(links[route](paymentId(from + number)));
    return request("GET", pathname + search, BROWSER);
  });
}

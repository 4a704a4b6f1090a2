import type { Router } from "express";
import { isAntomError } from "../../errors.js";
import type { Seat } from "../../pages/operations/frame.js";
import { plainMoney } from "../../pages/operations/money-text.js";
import { rateOf } from "../../pages/operations/overview-figures.js";
import { overviewPage } from "../../pages/operations/overview-page.js";
import type { OverviewDay } from "../../storage/storage.js";
import { csvLine, sendCsv, type CsvCell } from "./csv.js";
import { lastDays, overviewRequest } from "./overview-request.js";
import type { OperationsRouterParts } from "./parts.js";
import { sendStaffPage, wantsPage } from "./send-page.js";
import { staffRoute, type StaffHandler } from "./staff-route.js";

/** `GET /overview`: how payments went, day by day, and how long things take. */
export function overviewRoute(parts: OperationsRouterParts): Router {
  const { storage, clock, random, latencies } = parts;
  /** The back office is made together with what it reads the times from. */
  const since = clock.now();
  const get: StaffHandler = async (req, res, staff) => {
    const now = clock.now();
    if (!wantsPage(req)) {
      const range = overviewRequest(req, now);
      const overview = await storage.overview(range);
      res.json({
        from: new Date(range.from).toISOString(),
        to: new Date(range.to).toISOString(),
        ...overview,
        latency: { since: new Date(since).toISOString(), ...latencies() },
      });
      return;
    }
    let problem: string | undefined;
    let range = lastDays(now);
    try {
      range = overviewRequest(req, now);
    } catch (error) {
      if (!isAntomError(error)) throw error;
      problem = error.message;
    }
    const figures = await storage.overview(range);
    const status = problem === undefined ? 200 : 400;
    const latency = { since, latencies: latencies() };
    const render = (seat: Seat): string => overviewPage({ ...seat, ...range, figures, latency, problem });
    sendStaffPage(req, res, random, staff, render, status);
  };
  return staffRoute("/overview", { GET: get }, parts);
}

const COLUMNS: readonly (readonly [name: string, of: (day: OverviewDay) => CsvCell])[] = [
  ["day", ({ day }) => day],
  ["currency", ({ currency }) => currency],
  ["opened", ({ opened }) => opened],
  ["authorized", ({ authorized }) => authorized],
  ["failed", ({ failed }) => failed],
  ["expired", ({ expired }) => expired],
  ["voided", ({ voided }) => voided],
  ["authorization_rate", ({ authorized, failed }) => rateOf(authorized, failed)?.toFixed(4)],
  ["captured", ({ captured, currency }) => plainMoney(captured, currency)],
  ["refunded", ({ refunded, currency }) => plainMoney(refunded, currency)],
];

/** `GET /overview.csv`: a line for each day and currency. */
export function overviewCsvRoute(parts: OperationsRouterParts): Router {
  const { storage, clock } = parts;
  const get: StaffHandler = async (req, res) => {
    const range = overviewRequest(req, clock.now());
    await sendCsv(
      req,
      res,
      "overview.csv",
      lines(async () => (await storage.overview(range)).days),
    );
  };
  return staffRoute("/overview.csv", { GET: get }, parts);
}

async function* lines(days: () => Promise<readonly OverviewDay[]>): AsyncGenerator<string> {
  const head = csvLine(COLUMNS.map(([name]) => name));
  yield head + (await days()).map((day) => csvLine(COLUMNS.map(([, of]) => of(day)))).join("");
}

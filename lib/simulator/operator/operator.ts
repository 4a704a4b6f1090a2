import type { IncomingMessage, ServerResponse } from "node:http";
import { CARD_BRANDS } from "../../payment/card-brand.js";
import { FaultProblem } from "../faults.js";
import { redirect, send, sendJson, sendPage } from "../http/answer.js";
import { readBody } from "../http/body.js";
import { brandPicture, ICON } from "../http/pictures.js";
import { STYLE } from "../http/style.js";
import type { Simulation } from "../simulation.js";
import { redacted } from "../redact.js";
import { environmentLines, servedCredentials } from "./credentials.js";
import { dispute } from "./dispute.js";
import { ledger } from "./ledger.js";
import { operatorPage } from "./page.js";
import { OperatorProblem } from "./problem.js";
import { reversal } from "./reversal.js";
import { notifications, payments } from "./views.js";
import { refusalOf } from "./visitor.js";

const BODY_LIMIT = 16 * 1024;
const TEXT = { "content-type": "text/plain; charset=utf-8" };
const SVG = { "content-type": "image/svg+xml", "cache-control": "max-age=3600" };

/** What can be read, by the path behind `/simulator`. */
const READ: Readonly<Record<string, (simulation: Simulation, baseUrl: string, query: URLSearchParams) => unknown>> = {
  credentials: (simulation, gateway) => ({ ...servedCredentials(simulation), gateway }),
  ledger: (simulation, _, query) => ledger(simulation, query.get("payment") ?? undefined),
  disputes: (simulation) => ({ disputes: ledger(simulation).disputes }),
  reversals: (simulation) => ({ reversals: ledger(simulation).reversals }),
  payments: (simulation) => ({ payments: redacted(payments(simulation)) }),
  notifications: (simulation) => ({ notifications: redacted(notifications(simulation)) }),
  requests: ({ requests }) => ({ requests: requests.list() }),
  faults: ({ faults }) => ({ faults: faults.list() }),
};

/** Everything under `/simulator`: the page for people, its JSON, its switches. */
export async function serveOperator(
  simulation: Simulation,
  url: URL,
  request: IncomingMessage,
  response: ServerResponse,
): Promise<void> {
  const name = url.pathname.replace(/^\/simulator\/?/, "");
  // The buyer's pages have these from here, under whatever name they are reached.
  const refusal = /^(?:style\.css|icon\.svg|brands\/.*)$/.test(name) ? undefined : refusalOf(simulation, request);
  if (refusal !== undefined) sendJson(response, 403, { error: refusal });
  else if (name === "faults" || name === "faults/clear") await serveFaults(simulation, name, request, response);
  else if (request.method === "GET" || request.method === "HEAD")
    await serveReading(simulation, name, url.searchParams, request, response);
  else if (request.method === "POST" && name === "disputes")
    await carryOut(simulation, request, response, (wish) => ({ dispute: dispute(simulation, wish) }));
  else if (request.method === "POST" && name === "reversals")
    await carryOut(simulation, request, response, (wish) => ({ reversal: reversal(simulation, wish) }));
  else send(response, 405, { allow: name === "disputes" || name === "reversals" ? "GET, POST" : "GET" }, "");
}

async function serveReading(
  simulation: Simulation,
  name: string,
  query: URLSearchParams,
  request: IncomingMessage,
  response: ServerResponse,
): Promise<void> {
  const baseUrl = simulation.baseUrl(request.headers.host);
  const read = Object.hasOwn(READ, name) ? READ[name] : undefined;
  const brand = /^brands\/([A-Z_]+)\.svg$/.exec(name)?.[1];
  await simulation.book.durable();
  if (name === "") sendPage(response, 200, operatorPage(simulation, baseUrl, pathOf(baseUrl)));
  else if (read !== undefined) sendJson(response, 200, read(simulation, baseUrl, query));
  else if (name === "credentials.env")
    send(response, 200, TEXT, environmentLines({ ...servedCredentials(simulation), gateway: baseUrl }));
  else if (name === "style.css") send(response, 200, { "content-type": "text/css; charset=utf-8" }, STYLE);
  else if (name === "icon.svg") send(response, 200, SVG, ICON);
  else if (brand !== undefined && CARD_BRANDS.some((name) => name === brand))
    send(response, 200, SVG, brandPicture(brand));
  else sendJson(response, 404, { error: "There is nothing here." });
}

/** Programs speak JSON here; the page's forms come back to the page. */
async function serveFaults(
  simulation: Simulation,
  name: string,
  request: IncomingMessage,
  response: ServerResponse,
): Promise<void> {
  const { faults } = simulation;
  const baseUrl = simulation.baseUrl(request.headers.host);
  const isClearing = name === "faults/clear" ? request.method === "POST" : request.method === "DELETE";
  if (isClearing) {
    faults.clear();
    if (name === "faults/clear") redirect(response, `${baseUrl}/simulator`);
    else send(response, 204, {}, "");
  } else if (name === "faults" && request.method === "POST") {
    await carryOut(simulation, request, response, (wish) => ({ fault: faults.add(wish) }));
  } else if (name === "faults" && (request.method === "GET" || request.method === "HEAD")) {
    sendJson(response, 200, { faults: faults.list() });
  } else {
    send(response, 405, { allow: name === "faults" ? "GET, POST, DELETE" : "POST" }, "");
  }
}

/** Does what is wished in JSON or by a form of the page; whoever wishes what cannot be is told why, in the same way. */
async function carryOut(
  simulation: Simulation,
  request: IncomingMessage,
  response: ServerResponse,
  action: (wish: unknown) => object,
): Promise<void> {
  const baseUrl = simulation.baseUrl(request.headers.host);
  const isForm = /^application\/x-www-form-urlencoded\b/i.test(request.headers["content-type"] ?? "");
  const body = await readBody(request, BODY_LIMIT);
  try {
    const done = action(isForm ? fields(body) : json(body));
    await simulation.book.durable();
    if (isForm) redirect(response, `${baseUrl}/simulator`);
    else sendJson(response, 201, done);
  } catch (error) {
    if (!(error instanceof FaultProblem || error instanceof OperatorProblem)) throw error;
    if (isForm) sendPage(response, 400, operatorPage(simulation, baseUrl, pathOf(baseUrl), error));
    else sendJson(response, 400, { error: error.message });
  }
}

/** A field that was left empty counts as none. */
const fields = (body: Buffer | undefined): object =>
  Object.fromEntries([...new URLSearchParams(body?.toString("utf8") ?? "")].filter(([, value]) => value !== ""));

function json(body: Buffer | undefined): unknown {
  try {
    return JSON.parse(body?.toString("utf8") ?? "");
  } catch {
    throw new OperatorProblem("The body is not JSON.");
  }
}

const pathOf = (baseUrl: string): string => new URL(baseUrl).pathname.replace(/\/$/, "");

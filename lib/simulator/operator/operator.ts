import type { IncomingMessage, ServerResponse } from "node:http";
import { CARD_BRANDS } from "../../payment/card-brand.js";
import { FaultProblem } from "../faults.js";
import { redirect, send, sendJson, sendPage } from "../http/answer.js";
import { readBody } from "../http/body.js";
import { brandPicture, ICON } from "../http/pictures.js";
import { STYLE } from "../http/style.js";
import type { Simulation } from "../simulation.js";
import { redacted } from "../redact.js";
import { shownCredentials } from "./credentials.js";
import { ledger } from "./ledger.js";
import { operatorPage } from "./page.js";
import { notifications, payments } from "./views.js";

const BODY_LIMIT = 16 * 1024;
const SVG = { "content-type": "image/svg+xml", "cache-control": "max-age=3600" };

/** What can be read, by the path behind `/simulator`. */
const READ: Readonly<Record<string, (simulation: Simulation, baseUrl: string) => unknown>> = {
  credentials: (simulation, gateway) => ({ ...shownCredentials(simulation), gateway }),
  ledger,
  payments: (simulation) => ({ payments: redacted(payments(simulation)) }),
  notifications: (simulation) => ({ notifications: redacted(notifications(simulation)) }),
  requests: ({ requests }) => ({ requests: requests.list() }),
  faults: ({ faults }) => ({ faults: faults.list() }),
};

/** Everything under `/simulator`: the page for people, its JSON, its switches. */
export async function serveOperator(
  simulation: Simulation,
  path: string,
  request: IncomingMessage,
  response: ServerResponse,
): Promise<void> {
  const name = path.replace(/^\/simulator\/?/, "");
  if (name === "faults" || name === "faults/clear") await serveFaults(simulation, name, request, response);
  else if (request.method === "GET" || request.method === "HEAD")
    await serveReading(simulation, name, request, response);
  else send(response, 405, { allow: "GET" }, "");
}

async function serveReading(
  simulation: Simulation,
  name: string,
  request: IncomingMessage,
  response: ServerResponse,
): Promise<void> {
  const baseUrl = simulation.baseUrl(request.headers.host);
  const read = Object.hasOwn(READ, name) ? READ[name] : undefined;
  const brand = /^brands\/([A-Z_]+)\.svg$/.exec(name)?.[1];
  await simulation.book.durable();
  if (name === "") sendPage(response, 200, operatorPage(simulation, baseUrl, pathOf(baseUrl)));
  else if (read !== undefined) sendJson(response, 200, read(simulation, baseUrl));
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
    await addFault(simulation, baseUrl, request, response);
  } else if (name === "faults" && (request.method === "GET" || request.method === "HEAD")) {
    sendJson(response, 200, { faults: faults.list() });
  } else {
    send(response, 405, { allow: name === "faults" ? "GET, POST, DELETE" : "POST" }, "");
  }
}

async function addFault(
  simulation: Simulation,
  baseUrl: string,
  request: IncomingMessage,
  response: ServerResponse,
): Promise<void> {
  const isForm = /^application\/x-www-form-urlencoded\b/i.test(request.headers["content-type"] ?? "");
  const body = await readBody(request, BODY_LIMIT);
  try {
    const fault = simulation.faults.add(isForm ? fields(body) : json(body));
    if (isForm) redirect(response, `${baseUrl}/simulator`);
    else sendJson(response, 201, { fault });
  } catch (error) {
    if (!(error instanceof FaultProblem)) throw error;
    if (isForm) sendPage(response, 400, operatorPage(simulation, baseUrl, pathOf(baseUrl), error.message));
    else sendJson(response, 400, { error: error.message });
  }
}

const fields = (body: Buffer | undefined): object =>
  Object.fromEntries(new URLSearchParams(body?.toString("utf8") ?? ""));

function json(body: Buffer | undefined): unknown {
  try {
    return JSON.parse(body?.toString("utf8") ?? "");
  } catch {
    throw new FaultProblem("the body is not JSON");
  }
}

const pathOf = (baseUrl: string): string => new URL(baseUrl).pathname.replace(/\/$/, "");

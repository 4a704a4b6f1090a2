import type { IncomingMessage, ServerResponse } from "node:http";
import { answerCall } from "./api/gate.js";
import { CASHIER_PATH, serveCashier } from "./cashier/cashier.js";
import { FORM_PATH, serveForm } from "./cashier/form.js";
import { redirect, send, sendJson } from "./http/answer.js";
import { serveOperator } from "./operator/operator.js";
import type { Simulation } from "./simulation.js";

/** Answers every request: the API under `/ams`, the buyer's pages under `/cashier`, the operator's under `/simulator`. */
export function serve(simulation: Simulation, request: IncomingMessage, response: ServerResponse): void {
  route(simulation, request, response).catch((error: unknown) => {
    simulation.logger.error({ err: error, path: request.url }, "a request could not be answered");
    if (response.headersSent || response.destroyed) response.destroy();
    else send(response, 500, { "content-type": "text/plain; charset=utf-8" }, "The simulator failed; see its log.\n");
  });
}

async function route(simulation: Simulation, request: IncomingMessage, response: ServerResponse): Promise<void> {
  const target = request.url ?? "/";
  const url = URL.canParse(target, "http://simulator") ? new URL(target, "http://simulator") : undefined;
  const path = url?.pathname ?? "";
  if (path.startsWith("/ams/")) await answerCall(simulation, target, request, response);
  else if (path === FORM_PATH) await serveForm(simulation, request, response);
  else if (url !== undefined && CASHIER_PATH.test(path)) await serveCashier(simulation, url, request, response);
  else if (url !== undefined && (path === "/simulator" || path.startsWith("/simulator/")))
    await serveOperator(simulation, url, request, response);
  else if (path === "/") redirect(response, `${simulation.baseUrl(request.headers.host)}/simulator`);
  else sendJson(response, 404, { error: "There is nothing here; the simulator's page is /simulator." });
}

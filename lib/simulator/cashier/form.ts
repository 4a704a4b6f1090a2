import type { IncomingMessage, ServerResponse } from "node:http";
import { redirect, send } from "../http/answer.js";
import { readForm } from "../http/body.js";
import type { Simulation } from "../simulation.js";

/** Where the form of the fault `action-form` is posted to. */
export const FORM_PATH = "/cashier/form";

const FORM_LIMIT = 16 * 1024;

/** Must come back unchanged: a page that escapes its fields wrongly is found out. */
const NOTE = `a "quoted" & <marked> note, 50% + 'more'`;

/** The fields the shop's page must post. */
export const formParameters = (secret: string): Readonly<Record<string, string>> => ({ payment: secret, note: NOTE });

/** Takes the posted form and sends the buyer on to the page of the payment. */
export async function serveForm(
  simulation: Simulation,
  request: IncomingMessage,
  response: ServerResponse,
): Promise<void> {
  if (request.method !== "POST") {
    send(response, 405, { allow: "POST" }, "");
    return;
  }
  const form = await readForm(request, FORM_LIMIT);
  const secret = form?.get("payment") ?? "";
  if (simulation.book.paymentBySecret(secret) === undefined || form?.get("note") !== NOTE) {
    const text = "Post the parameters of redirectActionForm as they are, as application/x-www-form-urlencoded.\n";
    send(response, 400, { "content-type": "text/plain; charset=utf-8" }, text);
    return;
  }
  redirect(response, `${simulation.baseUrl(request.headers.host)}/cashier/${secret}`);
}

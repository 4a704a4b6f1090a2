import type { ServerResponse } from "node:http";
import { redirect, send, sendPage } from "../http/answer.js";
import type { Html } from "../http/html.js";
import type { Simulation } from "../simulation.js";
import type { Change } from "../state/change.js";
import type { Payment } from "../state/payment.js";

/** A buyer at one of a payment's pages. */
export interface Visit {
  readonly simulation: Simulation;
  readonly payment: Payment;
  readonly baseUrl: string;
  /** What stands before the simulator's own paths where it is mounted. */
  readonly prefix: string;
  readonly response: ServerResponse;
}

/** Keeps what happened, then sends the buyer to the next page: the challenge, the issuer, or the shop. */
export async function go(visit: Visit, change: Change): Promise<void> {
  visit.simulation.book.commit(change);
  const next = change.payment ?? visit.payment;
  await sendOn(visit, next.status === "PROCESSING" ? nextPage(visit, next) : next.redirectUrl);
}

/** Where a payment goes on that is not finished. */
export function nextPage({ baseUrl }: Visit, { secret, mode, awaits }: Payment): string {
  const page = mode === "issuer" ? "issuer" : awaits === "frictionless" ? "checking" : (awaits ?? "challenge");
  return `${baseUrl}/cashier/${secret}/${page}`;
}

/** Sends the buyer elsewhere once everything so far is kept. */
export async function sendOn({ simulation, response }: Visit, location: string): Promise<void> {
  await simulation.book.durable();
  redirect(response, location);
}

/** Shows a page once everything so far is kept. */
export async function answer({ simulation, payment, response }: Visit, status: number, page: Html): Promise<void> {
  await simulation.book.durable();
  sendPage(response, status, page, new URL(payment.redirectUrl).protocol);
}

export const complain = ({ response }: Visit, status: number, message: string): void => {
  send(response, status, { "content-type": "text/plain; charset=utf-8" }, `${message}\n`);
};

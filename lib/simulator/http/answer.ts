import type { ServerResponse } from "node:http";
import type { Html } from "./html.js";

// Not "no-referrer": with it the pages' own forms would not say where they come from either.
const SAFE = { "cache-control": "no-store", "x-content-type-options": "nosniff", "referrer-policy": "same-origin" };

/** Answers with JSON that people can read too. */
export function sendJson(response: ServerResponse, status: number, value: unknown): void {
  send(response, status, { "content-type": "application/json; charset=utf-8" }, `${JSON.stringify(value, null, 2)}\n`);
}

/**
 * Answers with a page: no scripts, nothing from elsewhere. A form may lead anywhere on the web, because browsers apply
 * `form-action` to the redirects that follow too, and these go to the shop and wherever the shop sends its buyer on.
 *
 * @param scheme of the shop's app (`myshop:`), when the buyer goes back to one
 */
export function sendPage(response: ServerResponse, status: number, page: Html, scheme = ""): void {
  const policy = [
    "default-src 'none'",
    "style-src 'self'",
    "img-src 'self'",
    `form-action 'self' https: http: ${scheme}`.trim(),
    "base-uri 'none'",
    "frame-ancestors 'none'",
  ];
  const headers = { "content-type": "text/html; charset=utf-8", "content-security-policy": policy.join("; ") };
  send(response, status, headers, page.text);
}

/** 303: look there now, with a GET. */
export function redirect(response: ServerResponse, location: string): void {
  send(response, 303, { location }, "");
}

export function send(
  response: ServerResponse,
  status: number,
  headers: Readonly<Record<string, string>>,
  body: string,
): void {
  response.writeHead(status, { ...SAFE, ...headers, "content-length": Buffer.byteLength(body) });
  response.end(body);
}

import type { Response } from "express";

/** Of what is a buyer's own: kept nowhere, and taken for nothing but what it is. */
const HEADERS = {
  "Content-Type": "application/json; charset=utf-8",
  "Cache-Control": "no-store",
  "X-Content-Type-Options": "nosniff",
};

/** Answers a script of the shop's pages. Not res.json, which would make an entity tag of what nobody may keep. */
export function sendJson(res: Response, body: unknown): void {
  const text = JSON.stringify(body);
  res.writeHead(200, { "Content-Length": Buffer.byteLength(text), ...HEADERS }).end(text);
}

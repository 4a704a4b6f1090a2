import type { Request } from "express";

/** The kit's own field, as JSON or a nested form names it (`card`), and as a plain form does (`card[cardNo]`). */
const isOfCard = (name: string): boolean => name === "card" || name.startsWith("card[");

/**
 * Takes a checkout's card off the request, however it got there: what a body parser made of it, and the bytes that one has kept. Whoever
 * logs the request later, because it was refused for instance, must find no card in it.
 */
export function forgetCard(req: Request): void {
  const kept = req as Request & { rawBody?: unknown };
  wipe(kept.rawBody);
  if (kept.rawBody !== undefined && !Reflect.deleteProperty(kept, "rawBody")) kept.rawBody = undefined;

  const body: unknown = req.body;
  if (body === undefined || body === null) return;
  wipe(body);
  if (typeof body !== "object" || Buffer.isBuffer(body) || Array.isArray(body)) {
    // Nobody has told its fields apart, so any of it may be the card.
    req.body = {};
    return;
  }
  const names = Object.keys(body).filter(isOfCard);
  // In place, for whoever has a hold of the object already; a frozen one is exchanged.
  const remaining = names.filter((name) => !Reflect.deleteProperty(body, name));
  if (remaining.length > 0) {
    req.body = Object.fromEntries(Object.entries(body).filter(([name]) => !isOfCard(name)));
  }
}

function wipe(value: unknown): void {
  if (Buffer.isBuffer(value)) value.fill(0);
}

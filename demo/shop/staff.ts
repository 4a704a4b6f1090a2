import { timingSafeEqual } from "node:crypto";
import type { Request, RequestHandler } from "express";

/** The demo's only member of staff. A shop of your own has its own way to sign in. */
const STAFF = { name: "staff", password: "staff" } as const;

/** Who signed in by HTTP Basic, if that is somebody. */
export function staffOf(req: Request): string | undefined {
  const [scheme = "", credentials = ""] = (req.get("authorization") ?? "").split(" ");
  if (scheme.toLowerCase() !== "basic") return undefined;
  const given = Buffer.from(credentials, "base64");
  const expected = Buffer.from(`${STAFF.name}:${STAFF.password}`);
  return given.length === expected.length && timingSafeEqual(given, expected) ? STAFF.name : undefined;
}

/** Asks whoever has not signed in to do so. */
export const requireStaff: RequestHandler = (req, res, next) => {
  if (staffOf(req) !== undefined) {
    next();
    return;
  }
  res
    .status(401)
    .set("WWW-Authenticate", 'Basic realm="Staff of the demo shop (staff, staff)", charset="UTF-8"')
    .type("text/plain")
    .send("This is for the shop's staff: sign in as staff with the password staff.");
};

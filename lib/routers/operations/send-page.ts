import type { Request, Response } from "express";
import helmet from "helmet";
import { pagePolicy } from "../../pages/csp.js";
import type { Seat } from "../../pages/operations/frame.js";
import type { Random } from "../../ports.js";
import type { Staff } from "./access.js";
import { basePathOf } from "./base-path.js";

const headers = helmet({
  contentSecurityPolicy: false,
  // The forms say to this very place where they come from, and links to nobody.
  referrerPolicy: { policy: "same-origin" },
  // Whether the whole site is on https is the shop's to say.
  strictTransportSecurity: false,
});

/** Whether a person with a browser asks, and not a script: whoever takes anything gets JSON. */
export const wantsPage = (req: Request): boolean => req.accepts(["json", "html"]) === "html";

/** Answers with one of the back office's pages, under its own strict policy and kept by no cache. */
export function sendStaffPage(
  req: Request,
  res: Response,
  random: Random,
  staff: Staff | undefined,
  render: (seat: Seat) => string,
  status = 200,
): void {
  const nonce = random(18).toString("base64");
  const policy = helmet.contentSecurityPolicy({ useDefaults: false, directives: pagePolicy(nonce) });
  headers(req, res, () => {
    policy(req, res, () => {
      const page = render({ nonce, root: basePathOf(req), ...(staff === undefined ? {} : { staff }) });
      res.status(status).set("Cache-Control", "no-store").set("Vary", "Accept").type("html").send(page);
    });
  });
}

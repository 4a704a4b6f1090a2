import { expect } from "chai";
import { basePathOf } from "../../../lib/routers/operations/base-path.js";

describe("the way from a page to where the back office is mounted", () => {
  const BASE = "https://shop.example";
  const cases = [
    ["/admin/payments", "", "/"],
    ["/admin/payments", "?status=failed", "/"],
    ["/admin/payments", "/", "/"],
    ["/admin/payments", "/PAY1", "/PAY1"],
    ["/admin/payments", "/PAY1/", "/PAY1/"],
    ["/admin/payments", "/PAY1/capture", "/PAY1/capture"],
    ["/admin/payments", "/events/PAY1.3/redeliver", "/events/PAY1.3/redeliver"],
    ["/a:b", "", "/"],
    ["", "/", "/"],
    ["", "/PAY1", "/PAY1"],
  ] as const;

  it("is right from every page, with and without a slash at the end", () => {
    for (const [mount, rest, path] of cases) {
      const root = basePathOf({ path, originalUrl: mount + rest });
      expect(new URL(`${root}events`, BASE + mount + rest).pathname, mount + rest).to.equal(`${mount}/events`);
    }
  });

  it("is right behind a proxy that cuts off what comes before", () => {
    for (const [mount, rest, path] of cases.slice(0, 6)) {
      const root = basePathOf({ path, originalUrl: mount + rest });
      expect(new URL(`${root}events`, `${BASE}/intern${mount}${rest}`).pathname).to.equal(`/intern${mount}/events`);
    }
  });
});

import { expect } from "chai";
import type { AntomOptions } from "../../lib/index.js";
import { manualClock } from "../../lib/testing.js";
import { standing, startScriptedAntom } from "../support/scripted-antom.js";
import { anOrder, startShop, type LogLine } from "../support/shop.js";

/** What a buyer meets who comes back having paid. */
async function comesBack(resultPage: unknown): Promise<{ answer: Response; page: string; log: LogLine[] }> {
  const gateway = await startScriptedAntom();
  const shop = await startShop({
    gateway: gateway.url,
    worker: false,
    clock: manualClock(),
    resultPage: resultPage as AntomOptions["resultPage"],
  });
  shop.orders.set("order-1", anOrder("order-1"));
  await shop.checkout("order-1");
  gateway.on("inquiryPayment", (call) => standing(call, "SUCCESS"));
  const returnUrl = String(gateway.calls[0]?.body["paymentRedirectUrl"]);
  const answer = await fetch(returnUrl, { headers: { accept: "text/html" }, redirect: "manual" });
  const page = await answer.text();
  await shop.stop();
  await gateway.stop();
  return { answer, page, log: shop.log.filter(({ level }) => level === "error") };
}

describe("the shop's resultPage", () => {
  for (const [what, resultPage, location] of [
    ["an absolute URL", () => "https://shop.example/orders/1", "https://shop.example/orders/1"],
    ["a path", () => "/orders/1?paid", "/orders/1?paid"],
    ["a promise", () => Promise.resolve("/orders/1"), "/orders/1"],
    ["a URL object", () => new URL("http://localhost:3000/orders/1"), "http://localhost:3000/orders/1"],
  ] as const) {
    it(`may answer with ${what}`, async () => {
      const { answer, log } = await comesBack(resultPage);
      expect(answer.status).to.equal(303);
      expect(answer.headers.get("location")).to.equal(location);
      expect(log).to.deep.equal([]);
    });
  }

  for (const [what, nothing] of [
    ["null", null],
    ["undefined", undefined],
    ["a promise of null", Promise.resolve(null)],
  ] as const) {
    it(`leaves it to the kit's own page by answering with ${what}`, async () => {
      const { answer, page, log } = await comesBack(() => nothing);
      expect(answer.status).to.equal(200);
      expect(page).to.match(/Your payment is (?:approved|complete)/);
      expect(log).to.deep.equal([]);
    });
  }

  for (const wrong of [
    { url: "/orders/1" },
    "orders/1",
    "javascript:alert(1)",
    "//elsewhere.example/",
    "/\\elsewhere.example/",
    "https:orders",
    "https://",
    "",
    true,
    ["/orders/1"],
  ]) {
    it(`is not followed to ${JSON.stringify(wrong)}`, async () => {
      const { answer, page, log } = await comesBack(() => wrong);
      expect(answer.status).to.equal(200);
      expect(page).to.match(/Your payment is (?:approved|complete)/);
      expect(log).to.have.lengthOf(1);
      expect(log[0]?.message).to.contain("resultPage");
      expect(log[0]?.fields).to.include({ event: "result_page.unusable", outcome: "succeeded" });
    });
  }

  it("has no query of what it answered in the log", async () => {
    const { log } = await comesBack(() => "orders/1?token=secret");
    expect(log[0]?.message).to.contain('"orders/1"').and.not.contain("secret");
  });

  for (const [what, failing] of [
    [
      "throws",
      () => {
        throw new Error("no such page");
      },
    ],
    ["rejects", () => Promise.reject(new Error("no such page"))],
  ] as const) {
    it(`does not tell a buyer who paid to try again when it ${what}`, async () => {
      const { answer, page, log } = await comesBack(failing);
      expect(answer.status).to.equal(200);
      expect(page).to.match(/Your payment is (?:approved|complete)/);
      expect(log).to.have.lengthOf(1);
      expect(log[0]?.message).to.contain("the shop's resultPage function failed");
      expect(log[0]?.fields["err"]).to.have.property("message", "no such page");
    });
  }
});

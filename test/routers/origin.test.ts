import { expect } from "chai";
import { startScriptedAntom, type ScriptedAntom } from "../support/scripted-antom.js";
import { anOrder, problemOf, startShop, type TestShop } from "../support/shop.js";

const WWW = "https://www.shop.example";

describe("a form of an allowed origin's page", () => {
  let gateway: ScriptedAntom;
  let shop: TestShop;

  beforeEach(async () => {
    gateway = await startScriptedAntom();
    shop = await startShop({ gateway: gateway.url, worker: false, allowedOrigins: [WWW] });
    shop.orders.set("order-1", anOrder("order-1"));
  });
  afterEach(async () => {
    await shop.stop();
    await gateway.stop();
  });

  const submitted = (headers: Record<string, string>): Promise<Response> =>
    fetch(shop.urls.checkout, {
      method: "POST",
      redirect: "manual",
      headers: { "content-type": "application/x-www-form-urlencoded", ...headers },
      body: "orderId=order-1",
    });

  it("is taken where the page tells its origin", async () => {
    const page = await submitted({ accept: "text/html", origin: WWW, "sec-fetch-site": "same-site" });
    expect(page.status).to.equal(303);
  });

  // What browsers send from a page under "Referrer-Policy: no-referrer".
  for (const headers of [{ origin: "null", "sec-fetch-site": "same-site" }, { origin: "null" }]) {
    it(`is refused where the page hides it, with what to do about that: ${Object.keys(headers).join(", ")}`, async () => {
      const { code, detail } = await problemOf(await submitted({ accept: "application/json", ...headers }));
      expect(code).to.equal("origin_refused");
      expect(detail).to.contain('this came from "null"').and.to.contain(WWW);
      expect(detail).to.contain(
        'hides its origin by its Referrer-Policy: send it with "Referrer-Policy: strict-origin-',
      );
      expect(shop.log.map(({ message }) => message)).to.include(detail);
    });
  }

  it("is refused without such advice where another origin is told", async () => {
    const { detail } = await problemOf(await submitted({ accept: "application/json", origin: "https://evil.example" }));
    expect(detail).to.not.contain("Referrer-Policy");
  });
});

import { expect } from "chai";
import { AntomError } from "../../lib/index.js";
import { memoryStorage } from "../../lib/storage/memory.js";
import { MOUNTINGS, problemOf, startShop, type Mounting, type TestShop } from "../support/shop.js";

const WWW = "https://www.shop.example";

for (const mounting of [MOUNTINGS[0], "the routers one by one"] as const satisfies readonly Mounting[]) {
  describe(`what a script of an allowed origin may read, mounted as ${mounting}`, () => {
    let shop: TestShop;
    afterEach(() => shop.stop());

    const start = async (storage = memoryStorage()): Promise<void> => {
      shop = await startShop({ mounting, storage, worker: false, allowedOrigins: [WWW] });
    };
    const ask = (url: string, method: string, origin = WWW): Promise<Response> =>
      fetch(url, {
        method,
        headers: { accept: "application/json", "content-type": "application/json", origin },
        ...(method === "POST" ? { body: "{}" } : {}),
      });
    const allowed = ({ headers }: Response): (string | null)[] => [
      headers.get("access-control-allow-origin"),
      headers.get("access-control-allow-credentials"),
    ];
    /** The routes that scripts may read, each with a method it has. */
    const readable = (): readonly (readonly [string, string])[] => [
      [shop.urls.checkout, "POST"],
      [`${shop.urls.status}/PAY0?token=x`, "GET"],
      [`${shop.urls.status}/PAY0?token=x`, "POST"],
      [`${shop.urls.methods}?currency=EUR&value=1999`, "GET"],
      [shop.urls.cards, "GET"],
      [`${shop.urls.cards}/CARD1`, "DELETE"],
    ];

    describe("while the storage cannot start", () => {
      beforeEach(async () => {
        const storage = memoryStorage();
        storage.start = () => Promise.reject(new AntomError("storage_unavailable", "the server is away"));
        await start(storage);
      });

      it("is the 503, and nobody else's", async () => {
        for (const [url, method] of readable()) {
          const answer = await ask(url, method);
          expect(answer.status, `${method} ${url}`).to.equal(503);
          expect(allowed(answer), `${method} ${url}`).to.deep.equal([WWW, "true"]);
          expect(answer.headers.get("vary")).to.match(/\bOrigin\b/);
          expect((await problemOf(answer)).code).to.equal("storage_unavailable");
          expect(allowed(await ask(url, method, "https://evil.example"))).to.deep.equal([null, null]);
        }
      });

      it("is that it may send its request, without which its browser would not show it the 503", async () => {
        for (const [url, method] of readable()) {
          const answer = await ask(url, "OPTIONS");
          expect(answer.status, `${method} ${url}`).to.equal(204);
          expect(allowed(answer), `${method} ${url}`).to.deep.equal([WWW, "true"]);
          expect(answer.headers.get("access-control-allow-methods")).to.contain(method);
        }
      });

      it("is no answer of the other routes", async () => {
        for (const name of ["return", "redirect"] as const) {
          expect(allowed(await ask(`${shop.urls[name]}/PAY0?token=x`, "GET"))).to.deep.equal([null, null]);
        }
        expect(allowed(await ask(shop.urls.notify, "POST"))).to.deep.equal([null, null]);
      });
    });

    it("is that a method is not accepted, and that an id cannot be decoded", async () => {
      await start();
      for (const [url] of readable()) {
        const answer = await ask(url, "PATCH");
        expect(answer.status, url).to.equal(405);
        expect(allowed(answer), url).to.deep.equal([WWW, "true"]);
      }
      const undecoded = await ask(`${shop.urls.status}/%ZZ`, "GET");
      expect(undecoded.status).to.equal(400);
      expect(allowed(undecoded)).to.deep.equal([WWW, "true"]);
    });
  });
}

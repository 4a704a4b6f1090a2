import assert from "node:assert/strict";
import { claimAll, idsOf, inquire, openNew, samplePayment } from "./samples.js";
import { same } from "./same.js";
import type { Suite } from "./suite.js";

export const startsAreHarmless = ({ describe, it }: Suite): void => {
  describe("start", () => {
    it("is harmless when it is called again", async (current) => {
      const payment = await openNew(current(), samplePayment("a"), [inquire(samplePayment("a"))]);
      await current().start();
      await Promise.all([current().start(), current(1).start()]);
      same(await current().get("a"), payment);
      same(idsOf(await claimAll(current(1))), ["inquire:a"]);
    });

    it("finds an empty storage empty", async (current) => {
      assert.equal(await current().get("a"), undefined);
      assert.equal(await current().find({ paymentId: "a" }), undefined);
      same(await current().findByOrder("a"), []);
      same(await current().list({ limit: 5 }), { items: [] });
      same(await current().tasks({ limit: 5 }), { items: [] });
      same(await claimAll(current()), []);
    });
  });
};

import { expect } from "chai";
import { EVENT_TYPES } from "../../../lib/payment/events.js";
import { memoryStorage } from "../../../lib/storage/memory.js";
import { startBackOffice } from "./back-office.js";

describe("the link by which a buyer pays at Antom", () => {
  it("is told neither to staff nor to hooks, and is in no event that is kept", async () => {
    const heard: object[] = [];
    const storage = memoryStorage();
    const office = await startBackOffice({
      storage,
      worker: false,
      hooks: Object.fromEntries(EVENT_TYPES.map((type) => [type, (event: object) => heard.push(event)])),
    });
    const { id } = await office.pay({}, { method: "hosted", card: undefined });
    const url = (await office.antom.payments.get(id)).action?.url ?? "";
    expect(url, "the shop's own code may have it").to.match(/^http:\/\/127\.0\.0\.1:\d+\/cashier\//);
    const path = new URL(url).pathname;

    for (const place of ["", `/${id}`, "/events", "/overview"]) {
      for (const answer of [await office.ask(place, { staff: "lena" }), await office.page(place, { staff: "lena" })]) {
        expect(answer.status, place).to.equal(200);
        expect(await answer.text(), place).not.to.contain(path);
      }
    }
    for (const action of ["inquire", "review", "void"]) {
      const answer = await office.ask(`/${id}/${action}`, { method: "POST" });
      const text = await answer.text();
      expect(answer.status, text).to.equal(200);
      expect(text, action).to.contain(`"id":"${id}"`).and.not.contain(path);
    }
    await office.antom.runDue();
    expect(heard).not.to.deep.equal([]);
    expect(JSON.stringify(heard)).not.to.contain(path);
    const { items } = await storage.tasks({ kind: "deliver", limit: 100 });
    expect(items).not.to.deep.equal([]);
    expect(JSON.stringify([items, await storage.journal(id), await storage.get(id)])).not.to.contain(path);
    await office.stop();
  });
});

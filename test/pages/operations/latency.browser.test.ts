import { expect } from "chai";
import type { Browser } from "playwright-core";
import { startBackOffice, type BackOffice } from "../../routers/operations/back-office.js";
import { launchBrowser } from "../../support/browser.js";

describe("the overview's latencies in a browser", function () {
  this.timeout(60_000);

  let browser: Browser;
  let office: BackOffice;

  before(async () => {
    browser = await launchBrowser();
    office = await startBackOffice();
    await office.pay();
  });
  after(async () => {
    await browser.close();
    await office.stop();
  });

  it("are a picture with a name and a table that is read out as one, on a phone and on a wide screen", async () => {
    for (const width of [360, 1280]) {
      const context = await browser.newContext({
        javaScriptEnabled: false,
        viewport: { width, height: 740 },
        extraHTTPHeaders: { "x-staff": "lena" },
      });
      const page = await context.newPage();
      await page.goto(`${office.url}/overview`);
      const region = page.getByRole("region", { name: "Latency" });
      expect(await region.getByRole("img", { name: /the figures are in the table below/ }).count()).to.equal(1);
      const table = region.getByRole("table", { name: /^How long it took/ });
      expect(await table.getByRole("columnheader").allInnerTexts()).to.deep.equal([
        "What",
        "Measured",
        "Median",
        "95 of 100 within",
        "Slowest",
        "Went wrong",
      ]);
      expect(await table.getByRole("row").count()).to.equal(5);
      const call = await table
        .getByRole("row", { name: /Call to Antom/ })
        .getByRole("cell")
        .allInnerTexts();
      expect(Number(call[1])).to.be.greaterThan(0);
      expect(call.slice(2, 5).join(" "), call.join()).to.match(/^(?:(?:under )?[\d.]+ m?s ?){3}$/);
      expect(call[5]).to.equal("none");
      await context.close();
    }
  });
});

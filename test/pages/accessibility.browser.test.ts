import { expect } from "chai";
import type { Browser, Page } from "playwright-core";
import { LANGUAGE_TAGS, LOCALES } from "../../lib/pages/locale.js";
import { launchBrowser } from "../support/browser.js";
import { complaintsOf } from "./complaints.js";
import { EVERY_PAGE } from "./every-page.js";
import { sendPage, startPageServer, type PageServer } from "./page-server.js";

/** What a browser tells of a page, as somebody who cannot see it, or has no mouse, meets it. */
interface Seen {
  readonly lang: string;
  readonly title: string;
  readonly headings: readonly string[];
  readonly mains: number;
  readonly nameless: readonly string[];
  readonly small: readonly string[];
  readonly width: number;
}

const LOOK = `(() => {
  const shown = (element) => element.checkVisibility();
  const controls = [...document.querySelectorAll("a, button, input:not([type=hidden])")].filter(shown);
  return {
    lang: document.documentElement.lang,
    title: document.title,
    headings: [...document.querySelectorAll("h1")].filter(shown).map((element) => element.textContent),
    mains: document.querySelectorAll("main").length,
    nameless: controls.filter((element) => element.textContent.trim() === "").map((element) => element.outerHTML),
    small: controls.filter((element) => element.getBoundingClientRect().height < 44).map((element) => element.outerHTML),
    width: document.documentElement.scrollWidth,
  };
})()`;

describe("every page in a browser", function () {
  this.timeout(60_000);

  let browser: Browser;
  let shop: PageServer;
  let page: Page;

  before(async () => {
    browser = await launchBrowser();
    shop = await startPageServer();
    shop.app.get("/:locale/:name", (request, response) => {
      const locale = LOCALES.find((candidate) => candidate === request.params.locale);
      const render = EVERY_PAGE[request.params.name];
      if (locale === undefined || render === undefined) response.status(404).end();
      else sendPage(response, (nonce) => render(nonce, locale));
    });
    // Scripts stay off, so that the redirect pages stay where they are.
    page = await browser.newPage({ javaScriptEnabled: false, viewport: { width: 320, height: 640 } });
  });

  after(async () => {
    await browser.close();
    await shop.close();
  });

  for (const locale of LOCALES) {
    it(`has one heading, a title, a language and named controls of a good size in ${locale}, on the narrowest screen`, async () => {
      const complaints = complaintsOf(page);
      for (const name of Object.keys(EVERY_PAGE)) {
        await page.goto(`${shop.url}/${locale}/${name}`);
        const seen = await page.evaluate<Seen>(LOOK);
        expect(seen, name).to.deep.include({
          lang: LANGUAGE_TAGS[locale],
          mains: 1,
          nameless: [],
          small: [],
          width: 320,
        });
        expect(seen.headings, name).to.have.length(1);
        expect(seen.title, name).to.equal(seen.headings[0]);
      }
      expect(complaints).to.deep.equal([]);
    });
  }

  it("shows where the keyboard is, on every control in turn", async () => {
    for (const name of Object.keys(EVERY_PAGE)) {
      await page.goto(`${shop.url}/en/${name}`);
      const controls = await page.locator("a:visible, button:visible").count();
      for (let index = 0; index < controls; index += 1) {
        await page.keyboard.press("Tab");
        const focus = await page.evaluate<string>(
          `(() => { const style = getComputedStyle(document.activeElement);
             return document.activeElement.tagName + " " + style.outlineStyle + " " + style.outlineWidth; })()`,
        );
        expect(focus, name).to.match(/^(A|BUTTON) solid 3px$/);
      }
    }
  });

  it("keeps still for a buyer who asked for less motion", async () => {
    const turning = `getComputedStyle(document.querySelector(".turning svg")).animationName`;
    await page.goto(`${shop.url}/en/processing`);
    expect(await page.evaluate(turning)).to.equal("turn");
    await page.emulateMedia({ reducedMotion: "reduce" });
    expect(await page.evaluate(turning)).to.equal("none");
    await page.emulateMedia({ reducedMotion: null });
  });

  it("follows the colours the buyer prefers", async () => {
    const ground = `getComputedStyle(document.body).backgroundColor`;
    await page.goto(`${shop.url}/en/captured`);
    await page.emulateMedia({ colorScheme: "light" });
    expect(await page.evaluate(ground)).to.equal("rgb(244, 245, 247)");
    await page.emulateMedia({ colorScheme: "dark" });
    expect(await page.evaluate(ground)).to.equal("rgb(15, 17, 21)");
    await page.emulateMedia({ colorScheme: null });
  });

  it("keeps an order number of any length inside the page", async () => {
    await page.goto(`${shop.url}/en/captured`);
    await page.evaluate(`document.querySelector("bdi").textContent = "0123456789".repeat(20)`);
    expect((await page.evaluate<Seen>(LOOK)).width).to.equal(320);
  });
});

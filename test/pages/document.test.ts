import { expect } from "chai";
import { renderDocument } from "../../lib/pages/document.js";
import { html } from "../../lib/pages/html.js";
import { LOCALES } from "../../lib/pages/locale.js";

const NONCE = "q83vEjRWeJCrze8S";
const parts = { locale: "en", title: "A page", nonce: NONCE, body: html`<main><h1>A page</h1></main>` } as const;

describe("renderDocument", () => {
  it("declares the language of its texts", () => {
    const tags = LOCALES.map((locale) => /<html lang="([^"]*)">/.exec(renderDocument({ ...parts, locale }))?.[1]);
    expect(tags).to.deep.equal(["en", "zh-Hans", "ko"]);
  });

  it("fits a phone, both colour schemes and a private link", () => {
    const page = renderDocument(parts);
    expect(page).to.match(/^<!doctype html>\n/);
    expect(page).to.contain('<meta name="viewport" content="width=device-width, initial-scale=1"');
    expect(page).to.contain('<meta name="color-scheme" content="light dark"');
    expect(page).to.contain('<meta name="referrer" content="no-referrer"');
    expect(page).to.contain("@media (prefers-color-scheme:dark)");
    expect(page).to.contain("@media (prefers-reduced-motion:reduce)");
  });

  it("gives every style and script the nonce, and none of them a source elsewhere", () => {
    const page = renderDocument({ ...parts, scripts: ["one();", "two();"] });
    expect(page.match(/<(?:style|script)[^>]*>/g)).to.deep.equal([
      `<style nonce="${NONCE}">`,
      `<script nonce="${NONCE}">`,
      `<script nonce="${NONCE}">`,
    ]);
    expect(page).to.not.match(/\ssrc=|@import|url\(|\sstyle=|\son[a-z]+=/);
  });

  it("escapes its title", () => {
    expect(renderDocument({ ...parts, title: "</title><script>" })).to.contain(
      "<title>&lt;/title&gt;&lt;script&gt;</title>",
    );
  });

  for (const script of ["'</script>'", "'</SCRIPT '", "'<!-- <script>'"]) {
    it(`refuses a script that holds ${script}`, () => {
      expect(() => renderDocument({ ...parts, scripts: [script] })).to.throw(TypeError, "end its own element");
    });
  }
});

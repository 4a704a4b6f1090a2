import { expect } from "chai";
import { errorPage } from "../../lib/pages/error-page.js";
import { LOCALES } from "../../lib/pages/locale.js";
import { ERROR_KINDS, TEXTS } from "../../lib/pages/texts.js";
import { HOSTILE, skeleton } from "./hostile.js";

const nonce = "q83vEjRWeJCrze8S";

describe("errorPage", () => {
  for (const locale of LOCALES) {
    for (const kind of ERROR_KINDS) {
      it(`explains ${kind} in ${locale}, without a code`, () => {
        const page = errorPage({ locale, nonce, kind, shopUrl: "https://shop.example/" });
        const { title, text } = TEXTS[locale].errors[kind];
        expect(page)
          .to.contain(`<title>${title}</title>`)
          .and.to.contain(text)
          .and.to.contain(TEXTS[locale].backToShop);
        if (kind !== "invalid" && kind !== "unavailable") expect(page).to.not.contain(kind);
        expect(page).to.not.match(/<script/);
      });
    }
  }

  for (const locale of LOCALES) {
    it(`calls an order that was paid with another amount no success, and sends the buyer to the shop, in ${locale}`, () => {
      const page = errorPage({ locale, nonce, kind: "order_paid" });
      expect(page).to.not.match(/class="icon good"/);
      expect(page).to.match(
        { en: /another amount.*contact the shop/, zh: /金额不同.*联系商店/, ko: /다른 금액.*문의/ }[locale],
      );
    });
  }

  it("says the shop's own words in place of the kit's", () => {
    const page = errorPage({ locale: "en", nonce, kind: "order_refused", words: "Beans are sold out." });
    expect(page).to.contain('<p class="lead">Beans are sold out.</p>');
    expect(page).to.not.contain(TEXTS.en.errors.order_refused.text);
  });

  it("promises that trying again makes no second payment when the service cannot be reached", () => {
    expect(errorPage({ locale: "en", nonce, kind: "unavailable" })).to.contain("no second payment is made");
  });

  it("has no way back where the shop has named none", () => {
    expect(errorPage({ locale: "en", nonce, kind: "not_found" })).to.not.contain("Back to the shop");
  });

  it("refuses a shop URL that is a script", () => {
    expect(() => errorPage({ locale: "en", nonce, kind: "invalid", shopUrl: "javascript:alert(1)" })).to.throw(
      TypeError,
    );
  });

  for (const text of HOSTILE) {
    it(`escapes ${JSON.stringify(text)} in the shop's words`, () => {
      const pageWith = (words: string): string => errorPage({ locale: "en", nonce, kind: "order_refused", words });
      expect(skeleton(pageWith(text))).to.deep.equal(skeleton(pageWith("harmless")));
    });

    it(`escapes ${JSON.stringify(text)} in the shop's URL`, () => {
      const pageWith = (word: string): string =>
        errorPage({ locale: "en", nonce, kind: "invalid", shopUrl: `https://shop.example/?q=${word}` });
      expect(skeleton(pageWith(text))).to.deep.equal(skeleton(pageWith("harmless")));
    });
  }
});

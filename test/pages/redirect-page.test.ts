import { expect } from "chai";
import { LOCALES } from "../../lib/pages/locale.js";
import { redirectPage, type RedirectPageOptions } from "../../lib/pages/redirect-page.js";
import { TEXTS } from "../../lib/pages/texts.js";
import { HOSTILE, skeleton } from "./hostile.js";

const options: RedirectPageOptions = {
  locale: "en",
  nonce: "q83vEjRWeJCrze8S",
  action: { url: "https://pay.example/page?id=1&step=2", method: "GET" },
  returnUrl: "https://shop.example/payments/return/p1?token=t",
};

describe("redirectPage", () => {
  it("has a link that works without script for a plain link", () => {
    const page = redirectPage(options);
    expect(page).to.contain('href="https://pay.example/page?id=1&amp;step=2"');
    expect(page).to.contain('href="https://shop.example/payments/return/p1?token=t"');
    expect(page).to.not.contain("<form");
  });

  it("has a form that works without script for a form, with every parameter", () => {
    const action = {
      url: "https://pay.example/form",
      method: "POST",
      parameters: { order: "1", "a b": "\u00fc&=" },
    } as const;
    const page = redirectPage({ ...options, action });
    expect(page).to.match(/<form data-go method="post" action="https:\/\/pay\.example\/form"/);
    expect(page).to.contain('<input type="hidden" name="order" value="1"');
    expect(page).to.contain('<input type="hidden" name="a b" value="\u00fc&amp;="');
    expect(page).to.contain('type="submit"');
  });

  for (const locale of LOCALES) {
    it(`speaks to the buyer in ${locale}`, () => {
      const page = redirectPage({ ...options, locale });
      const { going, choice, goOn, seePayment } = TEXTS[locale].redirect;
      for (const text of [going.title, choice.title, choice.text, goOn, seePayment]) expect(page).to.contain(text);
    });
  }

  for (const url of [
    "javascript:alert(1)",
    "data:text/html,x",
    "http://pay.example/",
    "https://a@b.example/",
    "",
    "pay",
  ]) {
    it(`refuses to send a buyer to ${JSON.stringify(url)}`, () => {
      expect(() => redirectPage({ ...options, action: { url, method: "GET" } })).to.throw(TypeError);
      expect(() => redirectPage({ ...options, action: { url, method: "POST" } })).to.throw(TypeError);
    });
  }

  it("refuses a return URL that is a script", () => {
    expect(() => redirectPage({ ...options, returnUrl: "javascript:alert(1)" })).to.throw(TypeError);
  });

  for (const text of HOSTILE) {
    it(`escapes ${JSON.stringify(text)} wherever the gateway could put it`, () => {
      const pageWith = (word: string): string => {
        const action = { url: `https://pay.example/?q=${word}`, method: "POST", parameters: { [word]: word } } as const;
        return redirectPage({ ...options, action, returnUrl: `https://shop.example/?t=${word}` });
      };
      expect(skeleton(pageWith(text))).to.deep.equal(skeleton(pageWith("harmless")));
    });
  }
});

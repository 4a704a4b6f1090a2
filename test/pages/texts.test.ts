import { expect } from "chai";
import { LOCALES, type Locale } from "../../lib/pages/locale.js";
import { TEXTS, type Texts } from "../../lib/pages/texts.js";

const leaves = (value: object, path = ""): [string, string][] =>
  Object.entries(value).flatMap(([name, inner]: [string, unknown]): [string, string][] => {
    const at = path === "" ? name : `${path}.${name}`;
    return typeof inner === "object" && inner !== null ? leaves(inner, at) : [[at, String(inner)]];
  });

const SCRIPTS: Readonly<Record<Locale, RegExp>> = {
  en: /^[^\p{sc=Han}\p{sc=Hangul}]+$/u,
  zh: /\p{sc=Han}/u,
  ko: /\p{sc=Hangul}/u,
};

describe("the buyer's texts", () => {
  const keys = leaves(TEXTS.en).map(([key]) => key);

  it("does not compile when a translation is missing", () => {
    const { backToShop: _left, ...incomplete } = TEXTS.en;
    // @ts-expect-error A text is missing.
    const texts: Texts = incomplete;
    expect(texts).to.not.have.property("backToShop");
  });

  for (const locale of LOCALES) {
    describe(locale, () => {
      const all = leaves(TEXTS[locale]);

      it("has every text, in its own writing", () => {
        expect(all.map(([key]) => key)).to.deep.equal(keys);
        for (const [key, text] of all) expect(text, key).to.match(SCRIPTS[locale]);
      });

      it("keeps every text short and whole", () => {
        for (const [key, text] of all) {
          expect(text, key).to.equal(text.trim());
          expect(text.length, key).to.be.within(2, 150);
          if (key.endsWith(".text")) expect(text, key).to.match(/[.。!！]$/);
          if (key.endsWith(".title")) expect(text, key).to.not.match(/[.。]$/);
        }
      });

      it("is free of technical words", () => {
        for (const [key, text] of all) {
          expect(text, key).to.not.match(
            /antom|alipay|error|code|token|server|request|http|invalid|3-?d ?s|错误|代码|오류|에러|서버/i,
          );
        }
      });

      it("does not speak of failure while nothing is known", () => {
        const { pending, unfinished, asking, unconfirmed, unreachable, stopped } = TEXTS[locale].result;
        for (const text of [
          ...leaves({ pending, unfinished }).map(([, words]) => words),
          asking,
          unconfirmed,
          unreachable,
          stopped,
        ]) {
          expect(text).to.not.match(
            /fail|declin|refus|reject|did not|unsuccess|失败|未成功|拒绝|실패|거절|이루어지지/i,
          );
        }
      });

      it("tells of a refused checkout in words that suit the shop's own page as well", () => {
        const { card_invalid, method_refused, card_gone, order_refused, order_paid, invalid } = TEXTS[locale].errors;
        for (const { text } of [card_invalid, method_refused, card_gone, order_refused, order_paid, invalid]) {
          expect(text).to.not.match(/back to the shop|返回商店|回到商店|쇼핑몰로/);
        }
      });

      it("says nothing of money where nothing is known of a payment, and sends nobody to pay anew whose order is paid by another", () => {
        const { not_here, link_invalid, not_found } = TEXTS[locale].errors;
        for (const { title, text } of [not_here, link_invalid, not_found]) {
          expect(title + text).to.not.match(/money|charged|start|again safely|扣款|开始付款|출금|시작/i);
        }
        const anew = { en: /new order|pay/i, zh: /下单|付款。|重新/, ko: /새로|다시/ }[locale];
        expect(TEXTS[locale].result.refunded.text).to.match(anew);
        const { replaced, tookPlace } = TEXTS[locale].result;
        for (const text of [replaced.text, tookPlace]) {
          expect(text.replace("Another payment", "")).to.not.match(anew);
        }
      });

      it("says of every payment that is over that no money was taken", () => {
        const nothing = { en: "No money was taken", zh: "没有扣款", ko: "출금된 금액은 없습니다" }[locale];
        const { failed, voided, expired } = TEXTS[locale].result;
        for (const message of [failed, voided, expired]) expect(message.text).to.contain(nothing);
        expect(TEXTS[locale].result.nothingTaken).to.contain(nothing);
        expect(TEXTS[locale].result.tookPlace).to.contain(nothing);
      });
    });
  }
});

import { expect } from "chai";
import { LOCALES } from "../../lib/pages/locale.js";
import { resultPage, type ResultPageOptions } from "../../lib/pages/result-page.js";
import { TEXTS } from "../../lib/pages/texts.js";
import { HOSTILE, skeleton } from "./hostile.js";

const options = {
  locale: "en",
  nonce: "q83vEjRWeJCrze8S",
  payment: {
    status: "processing",
    amount: { currency: "EUR", value: "1999" },
    orderId: "ord_42",
    capturedAmount: "0",
    refundedAmount: "0",
  },
  outcome: "pending",
  statusUrl: "https://shop.example/payments/status/p1?token=t",
  returnUrl: "https://shop.example/payments/return/p1?token=t",
  shopUrl: "https://shop.example/cart",
} as const satisfies ResultPageOptions;

const page = (
  changes: Partial<ResultPageOptions> = {},
  status: ResultPageOptions["payment"]["status"] = "processing",
) => resultPage({ ...options, ...changes, payment: { ...options.payment, ...changes.payment, status } });

describe("resultPage", () => {
  it("waits without a word of failure while the outcome is unknown", () => {
    const waiting = page();
    expect(waiting).to.contain(TEXTS.en.result.pending.title);
    expect(waiting.replace(/<(script|style)[\s\S]*?<\/\1>/g, "")).to.not.match(/fail|declin|did not go through/i);
  });

  it("asks with a form and refreshes itself where there is no script", () => {
    const waiting = page();
    expect(waiting).to.match(/<form method="post" action="https:\/\/shop\.example\/payments\/status\/p1\?token=t">/);
    expect(waiting).to.match(
      /<noscript><meta http-equiv="refresh" content="10;url=https:\/\/shop\.example\/payments\/return\/p1\?token=t" \/><\/noscript>/,
    );
  });

  it("offers to go on paying only where that is still to be done", () => {
    const actionUrl = "https://shop.example/payments/redirect/p1?token=t";
    const link = `<a class="button" href="${actionUrl}">`;
    expect(page({ actionUrl }, "requires_action")).to.contain(link).and.to.contain(TEXTS.en.result.unfinished.title);
    expect(page({ actionUrl }, "processing")).to.not.contain(link);
    expect(page({}, "requires_action")).to.not.contain('class="button" href');
  });

  it("tells an approved payment from one that has been received", () => {
    expect(page({ outcome: "succeeded" }, "authorized")).to.contain(TEXTS.en.result.authorized.title);
    expect(page({ outcome: "succeeded" }, "captured")).to.contain(TEXTS.en.result.captured.title);
  });

  describe("of a payment of which something was refunded", () => {
    const back = (refundedAmount: string, locale: ResultPageOptions["locale"] = "en", capturedAmount = "1999") => {
      const payment = { ...options.payment, capturedAmount, refundedAmount };
      return page({ outcome: "succeeded", locale, payment }, "captured");
    };

    for (const locale of LOCALES) {
      it(`says so in ${locale}, and not that it was received, where that is all of it`, () => {
        const { captured, refunded } = TEXTS[locale].result;
        for (const over of [back("1999", locale), back("500", locale, "500")]) {
          expect(over).to.contain(`<title>${refunded.title}</title>`).and.to.contain(refunded.text);
          expect(over).to.not.contain(captured.title).and.not.contain(captured.text);
          expect(over).to.not.contain('class="icon good"');
        }
      });

      it(`says in ${locale} how much, where that is a part`, () => {
        const { result, refunded } = TEXTS[locale];
        const over = back("500", locale);
        expect(over).to.contain(result.captured.title).and.not.contain(result.refunded.title);
        expect(over)
          .to.contain(`<dt>${refunded}</dt>`)
          .and.to.match(/\u20ac5\.00/);
      });
    }

    it("says nothing of it where nothing was", () => {
      const paid = back("0");
      expect(paid).to.contain(TEXTS.en.result.captured.title).and.not.contain(TEXTS.en.refunded);
    });
  });

  for (const outcome of ["failed", "voided", "expired"] as const) {
    it(`says plainly that nothing was taken when the payment is ${outcome}`, () => {
      const over = page({ outcome }, outcome);
      expect(over).to.contain(TEXTS.en.result[outcome].title).and.to.contain("No money was taken.");
    });
  }

  describe("of a payment that failed", () => {
    const message = "The card could not cover this payment. Please use another card.";
    const failed = (ways: { sameCard: boolean; otherCard: boolean; later: boolean }, more = {}) =>
      page({ outcome: "failed", decline: { ...ways, message }, ...more }, "failed");

    it("says why in the buyer's words, and that nothing was taken", () => {
      const over = failed({ sameCard: false, otherCard: true, later: false });
      expect(over).to.contain(TEXTS.en.result.failed.title).and.to.contain(message);
      expect(over).to.contain("No money was taken.").and.to.not.contain(TEXTS.en.result.failed.text);
    });

    for (const [sameCard, otherCard, later, label] of [
      [true, true, false, "Back to the shop to try again"],
      [false, true, true, "Back to the shop to use another card"],
      [false, false, true, "Back to the shop"],
      [false, false, false, "Back to the shop"],
    ] as const) {
      it(`offers "${label}" where the same card ${String(sameCard)}, another ${String(otherCard)}, later ${String(later)}`, () => {
        const over = failed({ sameCard, otherCard, later });
        expect(over).to.contain(`<a class="button" href="https://shop.example/cart">${label}</a>`);
        expect(failed({ sameCard, otherCard, later }, { shopUrl: undefined })).to.not.contain("Back to the shop");
      });
    }

    it("escapes what it says", () => {
      for (const text of HOSTILE) {
        const decline = { sameCard: true, otherCard: true, later: true };
        const over = (words: string) => page({ outcome: "failed", decline: { ...decline, message: words } }, "failed");
        expect(skeleton(over(text))).to.deep.equal(skeleton(over("harmless")));
      }
    });
  });

  it("stands still once the outcome is known", () => {
    for (const outcome of ["succeeded", "failed", "voided", "expired"] as const) {
      expect(page({ outcome }, "captured")).to.not.match(/<script|<noscript|<form/);
    }
  });

  it("shows the order and the amount, and the way back to the shop if there is one", () => {
    const paid = page({ outcome: "succeeded" }, "captured");
    expect(paid).to.contain("ord_42").and.to.contain("\u20ac19.99");
    expect(paid).to.contain('href="https://shop.example/cart"').and.to.contain("Back to the shop");
    expect(page({ outcome: "succeeded", shopUrl: undefined }, "captured")).to.not.contain("Back to the shop");
  });

  for (const locale of LOCALES) {
    it(`speaks to the buyer in ${locale}`, () => {
      const { pending, paid, failed } = TEXTS[locale].result;
      expect(page({ locale })).to.contain(pending.title).and.to.contain(paid);
      expect(page({ locale, outcome: "failed" }, "failed"))
        .to.contain(failed.text)
        .and.to.contain(TEXTS[locale].backToShop);
    });
  }

  for (const text of HOSTILE) {
    it(`escapes ${JSON.stringify(text)} in every field`, () => {
      const skeletons = (word: string): string[][] => {
        const url = `https://shop.example/?q=${word}`;
        const changes = {
          payment: { ...options.payment, orderId: word },
          statusUrl: url,
          returnUrl: url,
          shopUrl: url,
          actionUrl: url,
        };
        return [page(changes, "requires_action"), page({ ...changes, outcome: "succeeded" }, "captured")].map(skeleton);
      };
      expect(skeletons(text)).to.deep.equal(skeletons("harmless"));
    });
  }

  for (const field of ["statusUrl", "returnUrl", "actionUrl"] as const) {
    it(`refuses a ${field} that is a script`, () => {
      expect(() => page({ [field]: "javascript:alert(1)" }, "requires_action")).to.throw(TypeError);
    });
  }

  it("refuses a shopUrl that is a script", () => {
    expect(() => page({ outcome: "failed", shopUrl: "javascript:alert(1)" }, "failed")).to.throw(TypeError);
  });
});

import { expect } from "chai";
import { LOCALES } from "../../lib/pages/locale.js";
import { resultPage, type ResultPageOptions } from "../../lib/pages/result-page.js";
import { TEXTS } from "../../lib/pages/texts.js";
import type { Evidence, Payment } from "../../lib/payment/payment.js";
import type { Operation } from "../../lib/payment/operation.js";
import { DAY, newPayment, T0 } from "../payment/a-payment.js";
import { HOSTILE, skeleton } from "./hostile.js";

const options = {
  locale: "en",
  nonce: "q83vEjRWeJCrze8S",
  payment: { ...newPayment(), status: "processing", amount: { currency: "EUR", value: "1999" }, orderId: "ord_42" },
  now: T0,
  outcome: "pending",
  statusUrl: "https://shop.example/payments/status/p1?token=t",
  returnUrl: "https://shop.example/payments/return/p1?token=t",
  shopUrl: "https://shop.example/cart",
} as const satisfies ResultPageOptions;

const page = (changes: Partial<ResultPageOptions> = {}, status: Payment["status"] = "processing") => {
  const held = status === "authorized" || status === "captured" ? "1999" : "0";
  const moved = { authorizedAmount: held, capturedAmount: status === "captured" ? held : "0" };
  return resultPage({ ...options, ...changes, payment: { ...options.payment, ...moved, ...changes.payment, status } });
};

/** The sums in euros on a page. */
const sumsOf = (text: string): (string | undefined)[] => [...text.matchAll(/\u20ac([\d.]+)/g)].map(([, sum]) => sum);

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
    const back = (
      refundedAmount: string,
      locale: ResultPageOptions["locale"] = "en",
      more: Partial<Payment> = {},
      now = T0,
    ) => {
      const sums = { authorizedAmount: "1999", capturedAmount: "1999", refundedAmount };
      return page({ outcome: "succeeded", locale, now, payment: { ...options.payment, ...sums, ...more } }, "captured");
    };
    const END = T0 + 7 * DAY;
    const part = { capturedAmount: "500", authorizationExpiresAt: END };

    for (const locale of LOCALES) {
      it(`says so in ${locale}, and not that it was received, where that is all of it`, () => {
        const { captured, refunded } = TEXTS[locale].result;
        for (const over of [back("1999", locale), back("500", locale, part, END)]) {
          expect(over).to.contain(`<title>${refunded.title}</title>`).and.to.contain(refunded.text);
          expect(over).to.not.contain(captured.title).and.not.contain(captured.text);
          expect(over).to.not.contain('class="icon good"');
        }
      });

      it(`says in ${locale} that it is approved, and sends nobody to order anew, while more of it is held`, () => {
        const { authorized, refunded } = TEXTS[locale].result;
        const over = back("500", locale, part, END - 1);
        expect(over).to.contain(authorized.title).and.to.contain('class="icon good"');
        expect(over).to.not.contain(refunded.title).and.not.contain(refunded.text);
        expect(over).to.contain(`<dt>${TEXTS[locale].refunded}</dt>`);
        expect(sumsOf(over)).to.deep.equal(["19.99", "5.00"]);
      });

      it(`says in ${locale} that another payment took its place, and sends nobody to order anew, where one did`, () => {
        const { refunded, replaced } = TEXTS[locale].result;
        const evidence = { succeeded: true, superseded: true } as const satisfies Evidence;
        const over = back("1999", locale, { evidence });
        expect(over).to.contain(`<title>${replaced.title}</title>`).and.to.contain(replaced.text);
        expect(over).to.not.contain(refunded.text).and.not.contain('class="icon good"');
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

    for (const kind of ["capture", "increase"] as const) {
      it(`sends nobody to order anew while Antom decides about the ${kind} of a hold that is over, or taken whole`, () => {
        const pending: Operation = { id: "OP", kind, status: "pending", requestedAt: T0 };
        for (const more of [part, { authorizationExpiresAt: END }]) {
          const over = back(more === part ? "500" : "1999", "en", { ...more, operations: [pending] }, END);
          expect(over).to.contain(TEXTS.en.result.authorized.title).and.not.contain(TEXTS.en.result.refunded.text);
        }
      });
    }

    it("takes a hold whose end it does not know for held", () => {
      expect(back("500", "en", { capturedAmount: "500" })).to.not.contain(TEXTS.en.result.refunded.text);
    });

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

  for (const locale of LOCALES) {
    for (const outcome of ["failed", "voided", "expired"] as const) {
      it(`says in ${locale}, of a payment that is ${outcome}, that another took its place, and not to pay again`, () => {
        const { result, backToShop, declines } = TEXTS[locale];
        const decline = { sameCard: true, otherCard: true, later: true, message: declines["card-details"] };
        const over = page({ outcome, locale, isReplaced: true, ...(outcome === "failed" ? { decline } : {}) }, outcome);
        expect(over).to.contain(`<title>${result[outcome].title}</title>`);
        expect(over).to.contain(`<p class="lead">${result.tookPlace}</p>`).and.to.contain(`>${backToShop}</a>`);
        expect(over).to.not.contain(result[outcome].text).and.not.contain(decline.message);
        expect(over).to.not.contain('class="icon bad"');
      });
    }
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

  describe("of a payment that was raised, or taken in part, shows", () => {
    const shown = (status: Payment["status"], outcome: ResultPageOptions["outcome"], sums: Partial<Payment>) =>
      sumsOf(page({ outcome, payment: { ...options.payment, ...sums } }, status));

    it("what is held", () => {
      const raised = { authorizedAmount: "2999", capturedAmount: "0" };
      expect(shown("authorized", "succeeded", raised)).to.deep.equal(["29.99"]);
      expect(shown("voided", "voided", raised)).to.deep.equal(["29.99"]);
    });

    it("what was taken, once something is", () => {
      const sums = { authorizedAmount: "2999", capturedAmount: "2999" };
      expect(shown("captured", "succeeded", sums)).to.deep.equal(["29.99"]);
      expect(shown("captured", "succeeded", { ...sums, capturedAmount: "700" })).to.deep.equal(["7.00"]);
      expect(shown("captured", "succeeded", { ...sums, refundedAmount: "2400" })).to.deep.equal(["29.99", "24.00"]);
      expect(shown("captured", "succeeded", { ...sums, refundedAmount: "2999" })).to.deep.equal(["29.99", "29.99"]);
    });

    it("what is to be paid, while nothing is held", () => {
      expect(shown("processing", "pending", {})).to.deep.equal(["19.99"]);
      expect(shown("failed", "failed", {})).to.deep.equal(["19.99"]);
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

import { expect } from "chai";
import { buyerDecline, replacedDecline } from "../../lib/pages/buyer-decline.js";
import { LOCALES, type Locale } from "../../lib/pages/locale.js";
import { TEXTS } from "../../lib/pages/texts.js";
import { declineOf } from "../../lib/payment/meaning/decline.js";
import { DECLINE_REASONS } from "../../lib/payment/meaning/decline-reason.js";
import { DOCUMENTED_ADVICE, DOCUMENTED_CODES, DOCUMENTED_RAW_CODES } from "../payment/meaning/documented-codes.js";

/** What no buyer is told: that anybody thinks of fraud. */
const FORBIDDEN: Readonly<Record<Locale, RegExp>> = {
  en: /fraud|stolen|steal|risk|\blost\b|suspicio|suspect|pick.?up|prohibit|blocked|blacklist|report/i,
  zh: /欺诈|诈骗|盗|风险|风控|挂失|丢失|遗失|可疑|嫌疑|怀疑|冻结|禁止|没收/,
  ko: /사기|도난|분실|위험|리스크|의심|수상|부정|차단|금지|회수/,
};

const told = (code: string | undefined, locale: Locale, info = {}) => buyerDecline(declineOf(code, info), locale);

describe("what a buyer is told of a decline", () => {
  for (const locale of LOCALES) {
    describe(`in ${locale}`, () => {
      it("is a short sentence for every reason, the same for two only where one must not be told from the other", () => {
        const sentences = DECLINE_REASONS.map((reason) => TEXTS[locale].declines[reason]);
        for (const sentence of sentences)
          expect(sentence)
            .to.match(/[.。]$/)
            .and.to.have.length.within(10, 110);
        expect(new Set(sentences).size).to.equal(DECLINE_REASONS.length - 1);
        expect(TEXTS[locale].declines.risk).to.equal(TEXTS[locale].declines.bank);
      });

      it("never speaks of fraud, whatever was told", () => {
        const { declines, orLater } = TEXTS[locale];
        for (const text of [...Object.values(declines), orLater]) expect(text).to.not.match(FORBIDDEN[locale]);
        for (const code of DOCUMENTED_CODES) {
          for (const refusalCodeRaw of DOCUMENTED_RAW_CODES) {
            expect(told(code, locale, { refusalCodeRaw }).message, code).to.not.match(FORBIDDEN[locale]);
          }
        }
      });

      it("asks for the same card only where that can help", () => {
        const again = { en: /try again\b(?! later)/, zh: /重试/, ko: /(?<!나중에 )다시 시도/ }[locale];
        for (const code of DOCUMENTED_CODES) {
          for (const merchantAdviceCode of [undefined, ...DOCUMENTED_ADVICE]) {
            const { message, sameCard } = told(
              code,
              locale,
              merchantAdviceCode === undefined ? {} : { merchantAdviceCode },
            );
            if (!sameCard) expect(message, `${code} ${merchantAdviceCode ?? ""}`).to.not.match(again);
          }
        }
      });
    });
  }

  it("is, of a refusal by risk control, to the letter what it is of a plain refusal by the bank", () => {
    for (const locale of LOCALES) {
      const plain = told("DO_NOT_HONOR", locale);
      for (const code of [
        "RISK_REJECT",
        "FRAUD_REJECT",
        "SUSPECTED_CARD",
        "SUSPECTED_RISK",
        "LOST_CARD",
        "STOLEN_CARD",
        "PICKUP_CARD",
        "PAYMENT_PROHIBITED",
      ]) {
        expect(told(code, locale), code).to.deep.equal(plain);
      }
      for (const refusalCodeRaw of ["04", "07", "41", "43", "59"]) {
        expect(told("DO_NOT_HONOR", locale, { refusalCodeRaw }), refusalCodeRaw).to.deep.equal(plain);
      }
      expect(told("DO_NOT_HONOR", locale, { merchantAdviceCode: "24" })).to.deep.equal(plain);
    }
  });

  it("has no code and no reason in it, whatever they are", () => {
    const info = { refusalCodeRaw: "51", refusalReasonRaw: "Not sufficient funds", merchantAdviceCode: "24" };
    for (const code of [...DOCUMENTED_CODES, "SOMETHING_NEW", undefined]) {
      expect(told(code, "en", info)).to.have.all.keys("sameCard", "otherCard", "later", "message");
      expect(told(code, "en", info).message).to.not.match(/[A-Z]{2,}|_|\d|Not sufficient/);
    }
  });

  it("offers nothing where another payment of the order took the place of the one that failed", () => {
    for (const locale of LOCALES) {
      const { tookPlace: message } = TEXTS[locale].result;
      expect(replacedDecline(locale)).to.deep.equal({ sameCard: false, otherCard: false, later: false, message });
      expect(message).to.not.match(FORBIDDEN[locale]);
    }
  });

  it("says that waiting can help where it can", () => {
    expect(told("USER_BALANCE_NOT_ENOUGH", "en")).to.deep.equal({
      sameCard: false,
      otherCard: true,
      later: true,
      message: "The card could not cover this payment. Please use another card. You can also try again later.",
    });
    expect(told("PROCESS_FAIL", "zh").message).to.equal("暂时无法处理这笔付款，请换一张卡。您也可以稍后再试。");
    expect(told("INVALID_CVV", "en").message).to.not.contain("later");
  });
});

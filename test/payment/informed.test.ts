import { expect } from "chai";
import fc from "fast-check";
import type { AuthorizationFact } from "../../lib/payment/observation.js";
import type { PaymentResultInfo } from "../../lib/payment/result-info.js";
import { after, newPayment, step } from "./a-payment.js";
import { ACTION, CANCELLED, DECLINED, PROCESSING, SUCCESS, told } from "./facts.js";

/** What Antom can tell of one card. */
const infoOf = (lastFour: string, mark: string): PaymentResultInfo => ({
  lastFour,
  cardBrand: `BRAND-${mark}`,
  avsResultRaw: mark,
  cvvResultRaw: mark,
  refusalCodeRaw: mark,
  threeDSResult: { eci: mark, cavv: mark },
});
const TRIED = infoOf("1111", "N");
const REFUSED = infoOf("2222", "D");
const PAID = infoOf("4444", "Y");

describe("what is known of the card", () => {
  it("is that of the card which was paid with, not of one the buyer tried before", () => {
    const tried = after(newPayment(), { ...PROCESSING, resultInfo: TRIED });
    expect(tried.resultInfo).to.deep.equal(TRIED);
    const { lastFour, avsResultRaw, cvvResultRaw } = PAID;
    const paid = after(tried, {
      ...SUCCESS,
      resultInfo: { lastFour, avsResultRaw, cvvResultRaw },
    } as AuthorizationFact);
    expect(paid.resultInfo).to.deep.equal({ lastFour: "4444", avsResultRaw: "Y", cvvResultRaw: "Y" });
  });

  it("stays so, whatever comes late", () => {
    const paid = after(newPayment(), { ...SUCCESS, resultInfo: { lastFour: "4444" } });
    for (const late of [PROCESSING, DECLINED, ACTION, CANCELLED]) {
      expect(after(paid, { ...late, resultInfo: TRIED }).resultInfo).to.deep.equal({ lastFour: "4444" });
    }
    expect(after(paid, told("capture", "1", { outcome: "failed", resultInfo: TRIED })).resultInfo).to.deep.equal({
      lastFour: "4444",
    });
  });

  it("is not mixed with another card's, though both are told alike", () => {
    const tried = after(newPayment(), { ...PROCESSING, resultInfo: { cardNo: "411111******1111" } });
    expect(after(tried, { ...PROCESSING, resultInfo: REFUSED }).resultInfo).to.deep.equal({
      cardNo: "411111******1111",
    });
  });

  it("of a payment that was stored before this was known is filled up, and not replaced by less", () => {
    const paid = after(newPayment(), { ...SUCCESS, resultInfo: { lastFour: "4444" } });
    const { informedBy: _informedBy, ...evidence } = paid.evidence;
    const before = { ...paid, evidence };
    expect(after(before, { ...DECLINED, resultInfo: REFUSED }).resultInfo).to.deep.equal({ lastFour: "4444" });
    const filled = after(before, { ...SUCCESS, resultInfo: { lastFour: "4444", cardBrand: "VISA" } });
    expect(filled.resultInfo).to.deep.equal({ lastFour: "4444", cardBrand: "VISA" });
  });

  it("is the same in whichever order and however often it is told", () => {
    const part = (whole: PaymentResultInfo) =>
      fc
        .subarray(Object.keys(whole) as (keyof PaymentResultInfo)[], { minLength: 1 })
        .map((names) => Object.fromEntries(names.map((name) => [name, whole[name]])) as PaymentResultInfo);
    const of = (fact: AuthorizationFact, whole: PaymentResultInfo) =>
      part(whole).map((resultInfo) => ({ ...fact, resultInfo }));
    const facts = fc.array(
      fc.oneof(
        of(PROCESSING, TRIED),
        of(ACTION, TRIED),
        of(CANCELLED, TRIED),
        of(DECLINED, REFUSED),
        of(SUCCESS, PAID),
        fc.constantFrom(PROCESSING, SUCCESS, DECLINED),
        part(PAID).map((resultInfo) => told("capture", "10000", { resultInfo })),
      ),
      { minLength: 1, maxLength: 6 },
    );
    fc.assert(
      fc.property(
        facts.chain((heard) =>
          fc.tuple(fc.constant(heard), fc.shuffledSubarray([...heard, ...heard], { minLength: 2 * heard.length })),
        ),
        ([heard, shuffled]) => {
          const payment = after(newPayment(), ...heard);
          expect(after(newPayment(), ...shuffled).resultInfo).to.deep.equal(payment.resultInfo);
          for (const fact of heard)
            expect(step(payment, fact)?.payment.resultInfo ?? payment.resultInfo).to.deep.equal(payment.resultInfo);
        },
      ),
      { numRuns: 500 },
    );
  });
});

import { expect } from "chai";
import type { ConsultAnswer } from "../../lib/gateway/consult.js";
import type { Gateway } from "../../lib/gateway/gateway.js";
import type { Outcome } from "../../lib/gateway/outcome.js";
import { createMethods, type Methods, type MethodsParts, type Offer } from "../../lib/ledger/methods.js";
import { manualClock, type ManualClock } from "../../lib/testing/manual-clock.js";
import { SILENCE } from "../gateway/answered.js";

type Consulted = Outcome<ConsultAnswer>;

const MINUTE = 60_000;
const HOUR = 60 * MINUTE;

const offers = (cardBrand: string): Consulted => {
  const result = { resultStatus: "S", resultCode: "SUCCESS" } as const;
  const paymentOptions = [
    { paymentMethodType: "CARD", enabled: true, paymentOptionDetail: { supportCardBrands: [{ cardBrand }] } },
  ];
  return { kind: "answered", result, body: { result, paymentOptions } };
};
const answers = (resultStatus: "F" | "U"): Consulted => {
  const result = { resultStatus, resultCode: "X" };
  return { kind: "answered", result, body: { result } };
};

const EUR = (value: string) => ({ currency: "EUR", value });
const told = ({ source, cardBrands }: Offer): string =>
  [source, ...cardBrands.map(({ cardBrand }) => cardBrand)].join(" ");

describe("what can be paid with", () => {
  let clock: ManualClock;
  let requests: Readonly<Record<string, unknown>>[];
  /** Antom's answer to the nth call, the first being 1. */
  let consulted: (nth: number) => Consulted | Promise<Consulted>;
  let methods: Methods;

  const refuse = (): never => {
    throw new Error("only consult is called here");
  };
  const create = (more: Partial<MethodsParts> = {}): Methods => {
    const gateway: Gateway = {
      pay: refuse,
      inquire: refuse,
      cancel: refuse,
      capture: refuse,
      refund: refuse,
      inquireRefund: refuse,
      updateAmount: refuse,
      consult: async (request) => consulted(requests.push(request)),
    };
    return createMethods({ gateway, clock, ...more });
  };
  const ask = async (value = "1999", currency = "EUR"): Promise<string> => told(await methods({ currency, value }));

  beforeEach(() => {
    clock = manualClock();
    requests = [];
    consulted = (nth) => offers(`BRAND${nth}`);
    methods = create();
  });

  it("is asked of Antom for the amount and for the shop", async () => {
    methods = create({ merchantRegion: "SG", merchantAccountId: "M1", settlementCurrency: "USD" });
    expect(await methods(EUR("1999"))).to.deep.equal({
      source: "antom",
      cardBrands: [{ cardBrand: "BRAND1" }],
      installments: { cardBrands: [], plans: [] },
    });
    expect(requests[0]).to.deep.include({
      paymentAmount: EUR("1999"),
      merchantRegion: "SG",
      merchantAccountId: "M1",
      settlementStrategy: { settlementCurrency: "USD" },
    });
  });

  it("is taken for true for a minute, and then asked again", async () => {
    expect(await ask()).to.equal("antom BRAND1");
    await clock.advance(MINUTE - 1);
    expect(await ask()).to.equal("antom BRAND1");
    expect(requests).to.have.length(1);
    await clock.advance(1);
    expect(await ask()).to.equal("antom BRAND2");
    expect(requests).to.have.length(2);
  });

  it("is asked again where the clock was set back to before it was told", async () => {
    expect(await ask()).to.equal("antom BRAND1");
    await clock.advance(-HOUR);
    expect(await ask()).to.equal("antom BRAND2");
    expect(await ask()).to.equal("antom BRAND2");
  });

  it("is another for another value and for another currency", async () => {
    await methods(EUR("1999"));
    await methods(EUR("2000"));
    await methods({ currency: "KRW", value: "1999" });
    expect(requests.map((request) => request["paymentAmount"])).to.deep.equal([
      EUR("1999"),
      EUR("2000"),
      { currency: "KRW", value: "1999" },
    ]);
  });

  it("is asked once by all who ask at the same time", async () => {
    const all = await Promise.all(Array.from({ length: 20 }, () => ask()));
    expect(new Set(all)).to.deep.equal(new Set(["antom BRAND1"]));
    expect(requests).to.have.length(1);
  });

  describe("when Antom takes its time", () => {
    let answer: (outcome: Consulted) => void;
    beforeEach(() => {
      const slow = new Promise<Consulted>((resolve) => {
        answer = resolve;
      });
      consulted = () => slow;
    });

    it("is asked for four amounts at once at most; others hear what it says of those, or that nothing is known", async () => {
      const waiting = ["1", "2", "3", "4"].map((value) => ask(value));
      const fifth = ask("5");
      expect(await ask("5", "BRL")).to.equal("none");
      const same = ask("4");
      expect(requests).to.have.length(4);
      answer(offers("VISA"));
      expect(await Promise.all([...waiting, same])).to.deep.equal(Array.from({ length: 5 }, () => "antom VISA"));
      expect(await fifth).to.equal("earlier VISA");
      expect(await ask("5")).to.equal("antom VISA");
    });

    it("is told as it was before to those beyond four, and new amounts keep none from those that are known", async () => {
      consulted = () => offers("VISA");
      const known = ["5", "6", "7", "8", "9"];
      for (const value of known) await ask(value);
      await clock.advance(MINUTE);
      const slow = new Promise<Consulted>((resolve) => {
        answer = resolve;
      });
      consulted = () => slow;
      const waiting = ["1", "2", "3", "4", "5", "6", "7", "8"].map((value) => ask(value));
      expect(requests).to.have.length(5 + 8);
      expect(await ask("9")).to.equal("earlier VISA");
      answer(offers("MASTERCARD"));
      expect(new Set(await Promise.all(waiting))).to.deep.equal(new Set(["antom MASTERCARD"]));
    });
  });

  describe("when Antom cannot be asked", () => {
    it("is nothing, and the shop sells all the same", async () => {
      consulted = () => SILENCE;
      expect(await methods(EUR("1999"))).to.deep.equal({
        source: "none",
        cardBrands: [],
        installments: { cardBrands: [], plans: [] },
      });
    });

    it("is as it was before, for a day", async () => {
      await ask();
      consulted = () => SILENCE;
      await clock.advance(MINUTE);
      expect(await ask()).to.equal("earlier BRAND1");
      await clock.advance(24 * HOUR - MINUTE - 1);
      expect(await ask()).to.equal("earlier BRAND1");
      await clock.advance(1);
      expect(await ask()).to.equal("none");
    });

    for (const [what, outcome] of [
      ["is silent", SILENCE],
      ["cannot say", answers("U")],
    ] as const) {
      it(`leaves it alone for five seconds when it ${what}, whatever the amount`, async () => {
        consulted = (nth) => (nth === 1 ? outcome : offers("VISA"));
        expect(await ask("1")).to.equal("none");
        expect([await ask("1"), await ask("2")]).to.deep.equal(["none", "none"]);
        await clock.advance(4_999);
        expect(await ask("1")).to.equal("none");
        expect(requests).to.have.length(1);
        await clock.advance(1);
        expect([await ask("1"), await ask("2")]).to.deep.equal(["antom VISA", "antom VISA"]);
      });
    }

    it("is asked again in five seconds also where the clock was set back meanwhile", async () => {
      consulted = (nth) => (nth === 1 ? SILENCE : offers("VISA"));
      expect(await ask("1")).to.equal("none");
      await clock.advance(-HOUR);
      expect(await ask("1")).to.equal("antom VISA");
    });

    it("is as it was before where the clock was set back to before that was told", async () => {
      await ask();
      await clock.advance(-2 * 24 * HOUR);
      consulted = () => SILENCE;
      expect(await ask()).to.equal("earlier BRAND1");
    });

    it("still answers what it said within the minute", async () => {
      expect(await ask("1")).to.equal("antom BRAND1");
      consulted = () => SILENCE;
      await ask("2");
      expect(await ask("1")).to.equal("antom BRAND1");
    });
  });

  it("is still asked for other amounts when Antom refuses one", async () => {
    consulted = (nth) => (nth === 1 ? answers("F") : offers("VISA"));
    expect([await ask("1"), await ask("2")]).to.deep.equal(["none", "antom VISA"]);
  });

  it("is as it was before when Antom refuses the amount now", async () => {
    await ask();
    await clock.advance(MINUTE);
    consulted = () => answers("F");
    expect(await ask()).to.equal("earlier BRAND1");
  });

  describe("with a campaign free of interest", () => {
    /** Three instalments, free from EUR 500 to EUR 1,000 for an hour. */
    const campaign = (): Consulted => {
      const result = { resultStatus: "S", resultCode: "SUCCESS" } as const;
      const interestFree = {
        installmentFreeNums: ["3"],
        minPaymentAmount: EUR("50000"),
        maxPaymentAmount: EUR("100000"),
        freePercentage: "100",
        expireTime: new Date(ends).toISOString(),
      };
      const paymentOptions = [
        {
          paymentMethodType: "CARD",
          installment: { plans: [{ installmentNum: "3", interestRate: "11.5" }] },
          promotionInfos: [{ promotionType: "INTEREST_FREE", interestFree }],
        },
      ];
      return { kind: "answered", result, body: { result, paymentOptions } };
    };
    const free = async (value: string): Promise<string> => {
      const { source, installments } = await methods(EUR(value));
      return `${source}: ${installments.plans.map(({ isInterestFree }) => isInterestFree).join()}`;
    };
    let ends: number;
    beforeEach(() => {
      ends = clock.now() + HOUR;
      consulted = campaign;
    });

    it("is free for the amounts of the campaign only", async () => {
      expect(await free("30000")).to.equal("antom: false");
      expect(await free("70000")).to.equal("antom: true");
    });

    it("is not free any more once the campaign has ended, however long Antom says nothing", async () => {
      expect(await free("70000")).to.equal("antom: true");
      consulted = () => SILENCE;
      await clock.advance(HOUR - 1);
      expect(await free("70000")).to.equal("earlier: true");
      await clock.advance(1);
      expect(await free("70000")).to.equal("earlier: false");
    });

    it("is not free any more once the campaign has ended within the minute that an answer is taken for true", async () => {
      ends = clock.now() + 10_000;
      expect(await free("70000")).to.equal("antom: true");
      await clock.advance(10_000);
      expect(await free("70000")).to.equal("antom: false");
      expect(requests).to.have.length(1);
    });

    it("is free by what was told of the nearest amount only where the campaign holds for this one", async () => {
      expect([await free("49000"), await free("90000")]).to.deep.equal(["antom: false", "antom: true"]);
      consulted = () => answers("F");
      for (let nth = 0; nth < 100; nth++) await ask(String(5_000_000 + nth));
      expect(await free("51000")).to.equal("earlier: true");
      expect(await free("101000")).to.equal("earlier: false");
    });
  });

  it("is kept for 500 amounts, and the one heard longest ago goes first", async () => {
    for (let value = 1; value <= 500; value++) {
      await ask(String(value));
      await clock.advance(1_000);
    }
    await clock.advance(MINUTE);
    // Heard again, the first is the last one now.
    await ask("1");
    await ask("501");
    consulted = () => SILENCE;
    expect(await ask("2")).to.equal("none");
    expect(await ask("1")).to.equal("antom BRAND501");
    expect(await ask("3")).to.equal("earlier BRAND3");
    expect(await ask("501")).to.equal("antom BRAND502");
  });

  describe("when somebody asks for ever new amounts", () => {
    const flood = async (count: number, from = 10_000, currency = "EUR"): Promise<void> => {
      for (let nth = 0; nth < count; nth++) await methods({ currency, value: String(from + nth) });
    };

    it("is asked of Antom for sixty of them, and then for one a second", async () => {
      await flood(1_000);
      // The first found nothing known of its currency, so that its turn was of the other kind.
      expect(requests).to.have.length(61);
      await clock.advance(999);
      await flood(10, 20_000);
      expect(requests).to.have.length(61);
      await clock.advance(1);
      await flood(10, 30_000);
      expect(requests).to.have.length(62);
      await clock.advance(24 * HOUR);
      await flood(1_000, 40_000);
      expect(requests.length).to.be.within(62 + 60, 62 + 61);
    });

    it("is still asked for the amounts that are known", async () => {
      await ask("1999");
      await flood(1_000);
      await clock.advance(MINUTE);
      await flood(1_000, 20_000);
      const before = requests.length;
      expect(await ask("1999")).to.equal(`antom BRAND${before + 1}`);
    });

    it("is what Antom said of the nearest amount in the same currency", async () => {
      consulted = (nth) => offers(`BRAND${nth}`);
      await ask("1000");
      await ask("5000");
      await methods({ currency: "KRW", value: "2000" });
      await flood(1_000, 1_000_000);
      expect(await ask("2000")).to.equal("earlier BRAND1");
      expect(await ask("4000")).to.equal("earlier BRAND2");
      expect(told(await methods({ currency: "KRW", value: "4000" }))).to.equal("earlier BRAND3");
    });

    it("is asked for a currency that is sold in, whatever made-up ones are asked about", async () => {
      consulted = () => offers("VISA");
      await ask("1999");
      consulted = () => answers("F");
      await flood(1_000, 1, "XXX");
      consulted = () => offers("AMEX");
      expect(await ask("2999")).to.equal("antom AMEX");
      expect(told(await methods({ currency: "XXX", value: "5" }))).to.equal("none");
    });

    it("leaves out the plans of the nearest amount that this one is too little or too much for", async () => {
      const result = { resultStatus: "S", resultCode: "SUCCESS" } as const;
      const plan = (installmentNum: number, least: string, most: string) => ({
        installmentNum,
        minInstallmentAmount: EUR(least),
        maxInstallmentAmount: EUR(most),
      });
      const plans = [plan(2, "100", "5000"), plan(3, "2000", "9000"), plan(6, "100", "1000")];
      const paymentOptions = [{ paymentMethodType: "CARD", enabled: true, installment: { plans } }];
      consulted = () => ({ kind: "answered", result, body: { result, paymentOptions } });
      await ask("2500");
      consulted = () => answers("F");
      await flood(1_000, 1_000_000);
      const { source, installments } = await methods(EUR("1500"));
      expect(source).to.equal("earlier");
      expect(installments.plans.map(({ installmentNum }) => installmentNum)).to.deep.equal([2]);
    });
  });
});

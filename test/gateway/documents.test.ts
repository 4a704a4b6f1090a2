import { readdirSync } from "node:fs";
import { join } from "node:path";
import { expect } from "chai";
import { inquiryAnswer, inquiryFacts } from "../../lib/gateway/inquiry-payment.js";
import { readNotification } from "../../lib/gateway/notification.js";
import { payAnswer, payFacts } from "../../lib/gateway/pay.js";
import { checksOf, type Checks } from "../../lib/payment/meaning/checks.js";
import type { Fact } from "../../lib/payment/observation.js";
import { answered } from "./answered.js";
import { sample } from "./sample.js";

const READERS: Readonly<Record<string, (body: Record<string, unknown>) => readonly Fact[]>> = {
  "pay-answer": (body) => payFacts(answered(payAnswer, body), false),
  "inquiry-answer": (body) => inquiryFacts(answered(inquiryAnswer, body)),
  "notify-payment": (body) => readNotification(body).facts,
};

const CHECKED = { avsResultRaw: "A", cvvResultRaw: "Y", networkTransactionId: "sampleNetworkTransactionId123456" };
const THREE_DS = { eci: "02", threeDSVersion: "2.2.0", cavv: "cavvSample", dsTransactionId: "sample_dsTranasctionId" };
const AVS_AND_CVV: Checks = {
  avs: { code: "A", meaning: "The street matches, the zip code does not.", street: "match", postalCode: "mismatch" },
  cvv: { code: "Y", meaning: "The security digits match.", result: "match" },
};
const WITH_THREE_DS: Checks = {
  ...AVS_AND_CVV,
  threeDS: { version: "2.2.0", eci: "02", authentication: "full", meaning: "The buyer was fully authenticated." },
};

const PAID = {
  kind: "authorization",
  paymentId: "20211112194010800100188570271832381",
  amount: { currency: "EUR", value: "1314" },
  resultInfo: CHECKED,
} as const;
const NOTIFIED = {
  kind: "authorization",
  outcome: "succeeded",
  code: "SUCCESS",
  paymentId: "2020010123456789XXXX",
  amount: { currency: "EUR", value: "8000" },
  authorizedAt: Date.UTC(2020, 0, 1, 3, 31, 1),
} as const;
/** The samples bear the same text for both ids. */
const NAMED = { paymentRequestId: NOTIFIED.paymentId };
const INQUIRED = {
  kind: "authorization",
  outcome: "succeeded",
  paymentId: "2019060811401080010018882020035XXXX",
  amount: { currency: "USD", value: "500" },
  authorizedAt: Date.UTC(2019, 5, 1, 3, 31, 1),
} as const;
const KOREAN = {
  ...NOTIFIED,
  amount: { currency: "KRW", value: "120" },
  resultInfo: { paymentMethodRegion: "KR" },
  authorizedAt: Date.UTC(2024, 2, 19, 2, 36, 54),
} as const;

interface Golden {
  readonly sample: string;
  /** The documents that have it, letter for letter. */
  readonly documents: readonly string[];
  readonly fact: Fact;
  readonly checks?: Checks;
}

/** Every sample of an answer or a notification in the five documents, and the fact that it is. */
const GOLDEN: readonly Golden[] = [
  {
    sample: "pay-answer.succeeded",
    documents: ["000", "001", "002", "003", "004"],
    fact: { ...PAID, outcome: "succeeded", code: "SUCCESS" },
    checks: AVS_AND_CVV,
  },
  {
    sample: "pay-answer.failed",
    documents: ["004"],
    fact: { ...PAID, outcome: "failed", code: "ACCESS_DENIED" },
    checks: AVS_AND_CVV,
  },
  {
    sample: "pay-answer.in-process",
    documents: ["004"],
    fact: {
      kind: "authorization",
      outcome: "action_required",
      code: "PAYMENT_IN_PROCESS",
      paymentId: "2020010123456789XXXX",
      amount: { currency: "KRW", value: "30000" },
      action: { url: String(sample("pay-answer.in-process")["normalUrl"]), method: "GET" },
    },
  },
  {
    sample: "notify-payment.3d",
    documents: ["000", "001", "002", "003", "004"],
    fact: { ...NOTIFIED, ...NAMED, resultInfo: { ...CHECKED, threeDSResult: THREE_DS } },
    checks: WITH_THREE_DS,
  },
  {
    sample: "notify-payment.non-3d",
    documents: ["004"],
    fact: { ...NOTIFIED, ...NAMED, resultInfo: CHECKED },
    checks: AVS_AND_CVV,
  },
  {
    sample: "notify-payment.korean",
    documents: ["000", "003", "004"],
    fact: { ...KOREAN, ...NAMED, actualAmount: { currency: "KRW", value: "120" } },
  },
  {
    sample: "inquiry-answer.3d",
    documents: ["004"],
    fact: { ...INQUIRED, resultInfo: { ...CHECKED, threeDSResult: THREE_DS } },
    checks: WITH_THREE_DS,
  },
  {
    sample: "inquiry-answer.non-3d",
    documents: ["004"],
    fact: { ...INQUIRED, resultInfo: CHECKED },
    checks: AVS_AND_CVV,
  },
  {
    sample: "inquiry-answer.korean",
    documents: ["004"],
    fact: { ...KOREAN, authorizationExpiresAt: Date.UTC(2024, 2, 26, 2, 36, 54) },
  },
];

describe("the documents' answers and notifications", () => {
  it("are all here", () => {
    const files = readdirSync(join(__dirname, "samples")).map((name) => name.replace(".json", ""));
    expect(files.filter((name) => !name.startsWith("pay-request."))).to.have.members(
      GOLDEN.map(({ sample: name }) => name),
    );
  });

  for (const { sample: name, documents, fact, checks } of GOLDEN) {
    it(`${name}, of ${documents.join(", ")}, is read to the letter, with what its codes mean`, () => {
      const facts = READERS[name.split(".")[0] ?? ""]?.(sample(name)) ?? [];
      expect(facts).to.deep.equal([fact]);
      expect(checksOf(fact.kind === "authorization" ? fact.resultInfo : undefined)).to.deep.equal(checks);
    });
  }
});

import { expect } from "chai";
import { paymentPage } from "../../../lib/pages/operations/payment-page.js";
import { timelineOf } from "../../../lib/pages/operations/timeline.js";
import type { Fact } from "../../../lib/payment/observation.js";
import type { Payment } from "../../../lib/payment/payment.js";
import type { CaptureContract } from "../../../lib/payment/permit.js";
import { possibleOperations } from "../../../lib/routers/operations/possible-operations.js";
import { after, DAY, MINUTE, newPayment, T0 } from "../../payment/a-payment.js";
import { CANCELLED, requested, SUCCESS, told } from "../../payment/facts.js";

const SEVERAL: CaptureContract = { partialCapture: true, multipleCaptures: true };
const ONE: CaptureContract = { partialCapture: true, multipleCaptures: false };

/** What the page tells of the money of a payment of EUR 100.00. */
interface Told {
  /** Of the bar, as somebody hears it who cannot see it. */
  readonly bar: string;
  readonly captureLeft: string | undefined;
  readonly refundLeft: string | undefined;
  /** By the buyer, where it is another amount. */
  readonly agreed: string | undefined;
}

function pageOf(payment: Payment, contract: CaptureContract, now: number): Told {
  const page = paymentPage({
    nonce: "nonce",
    root: "./",
    staff: { name: "lena", mayManage: false },
    payment,
    moves: possibleOperations(payment, now, contract),
    timeline: timelineOf(payment, [], [], now),
    askers: new Map(),
  }).replace(/\s+/g, " ");
  const fact = (name: string): string | undefined => new RegExp(`<dt>${name}</dt> <dd>([^<]*)</dd>`).exec(page)?.[1];
  return {
    bar: / aria-label="Of EUR 100.00: ([^"]*)"/.exec(page)?.[1] ?? page,
    captureLeft: fact("Can still be captured"),
    refundLeft: fact("Can still be refunded"),
    agreed: fact("Buyer agreed to"),
  };
}

/** After the payment was authorized. */
const shown = (
  facts: readonly Fact[],
  { contract = SEVERAL, now = T0 + 5 * MINUTE }: { contract?: CaptureContract; now?: number } = {},
): Told => pageOf(after(newPayment(), SUCCESS, ...facts), contract, now);

const captured = (value: string, nth = 1): Fact[] => [
  requested("capture", value, nth),
  told("capture", value, { nth }),
];
const refunded = (value: string, nth = 1): Fact[] => [requested("refund", value, nth), told("refund", value, { nth })];

describe("the money of a payment, on its page", () => {
  it("can be refunded as far as no refund of it is under way", () => {
    const of = (...facts: readonly Fact[]): string | undefined => shown([...captured("10000"), ...facts]).refundLeft;
    expect(of()).to.equal("EUR 100.00");
    expect(of(requested("refund", "2500"))).to.equal("EUR 75.00");
    expect(of(requested("refund", "10000"))).to.equal(undefined);
    expect(of(...refunded("2500"), requested("refund", "7500", 2))).to.equal(undefined);
    expect(of(...refunded("2500"), requested("refund", "2500", 2))).to.equal("EUR 50.00");
    expect(of(requested("refund", "2500"), told("refund", "2500", { outcome: "failed" }))).to.equal("EUR 100.00");
    expect(of(...refunded("10000"))).to.equal(undefined);
  });

  it("cannot be refunded before any of it is captured", () => {
    expect(shown([]).refundLeft).to.equal(undefined);
    expect(shown([requested("capture", "10000")]).refundLeft).to.equal(undefined);
  });

  it("is held while its capture is under way", () => {
    const rest = requested("capture", "6000", 2);
    const part = requested("capture", "2000", 2);
    expect(shown([])).to.include({ bar: "still held EUR 100.00", captureLeft: "EUR 100.00" });
    expect(shown([requested("capture", "10000")])).to.include({ bar: "still held EUR 100.00", captureLeft: undefined });
    expect(shown(captured("4000"))).to.include({
      bar: "kept EUR 40.00, still held EUR 60.00",
      captureLeft: "EUR 60.00",
    });
    expect(shown([...captured("4000"), rest])).to.include({
      bar: "kept EUR 40.00, still held EUR 60.00",
      captureLeft: undefined,
    });
    expect(shown([...captured("4000"), part])).to.include({
      bar: "kept EUR 40.00, still held EUR 60.00",
      captureLeft: "EUR 40.00",
    });
    expect(shown([...captured("4000"), ...captured("6000", 2)]).bar).to.equal("kept EUR 100.00");
  });

  it("is held no more where nobody can capture it: by the contract, after a void, or at the hold's end", () => {
    const pending = [...captured("4000"), requested("capture", "6000", 2)];
    const kept = "kept EUR 40.00";
    expect(shown(captured("4000"), { contract: ONE }).bar).to.equal(kept);
    expect(shown([...pending, CANCELLED]).bar).to.equal(kept);
    expect(shown(captured("4000"), { now: T0 + 8 * DAY }).bar).to.equal(kept);
    expect(shown(pending, { now: T0 + 8 * DAY }).bar).to.equal(kept);
    expect(shown([CANCELLED]).bar).to.equal("nothing is held or captured");
  });

  it("is not said to be paid because Antom tells what is held, and what the buyer agreed to is named where it differs", () => {
    const told = (value: string, currency = "EUR"): string | undefined => {
      const payment = { ...after(newPayment(), SUCCESS, CANCELLED), actualAmount: { currency, value } };
      return pageOf(payment, SEVERAL, T0).agreed;
    };
    expect(told("10000")).to.equal(undefined);
    expect(told("9000")).to.equal("EUR 90.00");
    expect(told("10000", "KRW")).to.equal("KRW 10,000");
  });
});

import { randomBytes } from "node:crypto";
import { expect } from "chai";
import fc from "fast-check";
import { isPaymentId, newPaymentId, operationId, paymentIdOf } from "../../lib/payment/id.js";
import type { OperationKind } from "../../lib/payment/operation.js";
import { after, ID, newPayment, opened } from "./a-payment.js";
import { requested, told } from "./facts.js";

const KINDS: readonly OperationKind[] = ["capture", "void", "refund", "increase"];

describe("newPaymentId", () => {
  const NOW = Date.UTC(2026, 10, 21);
  const none = (length: number): Buffer => Buffer.alloc(length);
  const CHANCE = 17;

  it("is PAY and 26 letters and digits nobody can mistake, whatever chance and the clock give", () => {
    fc.assert(
      fc.property(fc.uint8Array({ minLength: CHANCE, maxLength: CHANCE }), fc.double({ noNaN: true }), (bytes, now) => {
        const id = newPaymentId(() => Buffer.from(bytes), Math.min(now, Number.MAX_SAFE_INTEGER));
        expect(id).to.match(/^PAY[0-9A-HJKMNP-TV-Z]{26}$/);
        expect(isPaymentId(id)).to.be.true;
      }),
    );
  });

  it("uses every letter equally often, so that none of the chance is lost", () => {
    const counts = new Map<string, number>();
    for (let byte = 0; byte < 256; byte++) {
      const letter = newPaymentId((length) => Buffer.alloc(length, byte), NOW).slice(-1);
      counts.set(letter, (counts.get(letter) ?? 0) + 1);
    }
    expect(counts.size).to.equal(32);
    expect(new Set(counts.values())).to.deep.equal(new Set([8]));
  });

  it("depends on each of the 17 bytes it asks for", () => {
    const base = newPaymentId(none, NOW);
    for (let place = 0; place < CHANCE; place++) {
      const id = newPaymentId((length) => Buffer.alloc(length).fill(1, place, place + 1), NOW);
      expect(Array.from(id, (letter, index) => (letter === base[index] ? [] : [index])).flat()).to.deep.equal([
        place + 12,
      ]);
    }
  });

  it("comes after those that were made a millisecond and more before, also a thousand years on", () => {
    const time = fc.integer({ min: 0, max: Date.UTC(3000, 0, 1) });
    fc.assert(
      fc.property(time, time, (one, other) => {
        const [early, late] = [newPaymentId(randomBytes, one), newPaymentId(randomBytes, other)];
        if (one !== other) expect(early < late).to.equal(one < other);
      }),
    );
  });

  it("does not repeat itself, also within a millisecond", () => {
    const ids = new Set(Array.from({ length: 10_000 }, () => newPaymentId(randomBytes, NOW)));
    expect(ids.size).to.equal(10_000);
  });
});

describe("isPaymentId", () => {
  it("tells ids of ours from everything else", () => {
    expect(isPaymentId(ID)).to.be.true;
    for (const text of [
      "",
      "PAY",
      ID.slice(1),
      `${ID}0`,
      ID.toLowerCase(),
      ` ${ID}`,
      `${ID}\n`,
      `${ID.slice(0, -1)}O`,
    ]) {
      expect(isPaymentId(text), JSON.stringify(text)).to.be.false;
    }
  });
});

describe("operationId", () => {
  it("counts the operations of its kind, and leads back to the payment", () => {
    let payment = newPayment();
    for (const kind of KINDS) {
      const first = operationId(payment, kind);
      payment = after(payment, requested(kind, kind === "void" ? undefined : "1"));
      const second = operationId(payment, kind);
      expect(second).not.to.equal(first);
      expect([first, second].map((id) => id.slice(ID.length + 1))).to.deep.equal(["1", "2"]);
      expect(paymentIdOf(first)).to.equal(ID);
      expect(paymentIdOf(second)).to.equal(ID);
    }
    expect(new Set(KINDS.map((kind) => operationId(newPayment(), kind))).size).to.equal(KINDS.length);
  });

  it("never repeats an id, also where Antom captured by itself", () => {
    const payment = after(newPayment(), told("capture", "1", { requestId: "AUTO-1" }), requested("capture", "1", 2));
    expect(payment.operations.map(({ id }) => id)).not.to.include(operationId(payment, "capture"));
  });

  it("fits Antom's 64 characters of letters and digits for as long as anybody could go on", () => {
    const payment = {
      ...opened().payment,
      operations: Array.from({ length: 9998 }, (_, index) => ({
        id: String(index),
        kind: "refund" as const,
        status: "failed" as const,
        requestedAt: 0,
      })),
    };
    const id = operationId(payment, "refund");
    expect(id).to.match(/^[A-Z0-9]{1,64}$/);
    expect(paymentIdOf(id)).to.equal(ID);
  });
});

describe("paymentIdOf", () => {
  it("finds no payment in a request id that is not ours", () => {
    for (const text of [
      "",
      ID,
      `${ID}C0`,
      `${ID}X1`,
      `${ID}C01`,
      `x${ID}C1`,
      `${ID}C1x`,
      `${ID}C1\n`,
      "AUTO-1",
      `${ID}C10000`,
    ]) {
      expect(paymentIdOf(text), JSON.stringify(text)).to.be.undefined;
    }
  });
});

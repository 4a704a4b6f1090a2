import { expect } from "chai";
import type { Payment } from "../../lib/payment/payment.js";
import { permitted, type Command } from "../../lib/payment/permit.js";
import { after, DAY, EUR, ID, newPayment } from "./a-payment.js";
import { ACTION, CLOSING, deadline, DECLINED, requested, SUCCESS, told, UNNEEDED } from "./facts.js";
import {
  answer,
  automatic,
  capture,
  captured,
  failed,
  held,
  HOLD_ENDS,
  increase,
  keyed,
  NOW,
  OFTEN,
  ONCE,
  raisable,
  refund,
  superseded,
  testRows,
  VOID,
  words,
} from "./permit-rows.js";

testRows("a void", [
  ["lets the hold go", held(), VOID, "V1"],
  ["of a payment that nobody has paid closes it", after(newPayment("MANUAL"), ACTION), VOID, "V1"],
  ["of a payment that was only opened closes it", newPayment("MANUAL"), VOID, "V1"],
  ["of a payment that Antom will capture lets the hold go", automatic(SUCCESS), VOID, "V1"],
  ["asked for twice at once is one", held(requested("void")), VOID, "= V1"],
  ["takes the place of one of the kit's own", after(newPayment("MANUAL"), ACTION, CLOSING), VOID, "V1"],
  ["takes the place of one of the kit's own though it is paid", held(CLOSING), VOID, "V1"],
  ["is made anew after one of the kit's own that was not needed", held(CLOSING, UNNEEDED), VOID, "V2"],
  ["of what is voided is nothing", held(told("void")), VOID, "nothing"],
  ["is made anew after one that failed", held(...failed("void")), VOID, "V2"],
  [
    "of what was closed when the buyer's time was over is nothing",
    after(newPayment("MANUAL"), ACTION, requested("void"), deadline("payment"), told("void")),
    VOID,
    "nothing",
  ],
  [
    "of what Antom does not know, which ended so, is nothing",
    after(
      newPayment("MANUAL"),
      requested("void"),
      told("void", undefined, { outcome: "failed", code: "ORDER_NOT_EXIST" }),
      deadline("payment"),
    ),
    VOID,
    "nothing",
  ],
  [
    "of what only the kit itself has closed is refused",
    after(newPayment("MANUAL"), ACTION, CLOSING, deadline("payment"), told("void")),
    VOID,
    "! operation_refused",
  ],
  ["of what is captured leads to a refund", captured(), VOID, "! operation_refused refund_instead"],
  [
    "of what is captured in part leads to a refund",
    held(told("capture", "1")),
    VOID,
    "! operation_refused refund_instead",
  ],
  ["of a declined payment is refused", after(newPayment("MANUAL"), DECLINED), VOID, "! operation_refused"],
  [
    "of a payment that lapsed is refused",
    after(newPayment("MANUAL"), deadline("payment")),
    VOID,
    "! operation_refused",
  ],
  ["is made until the hold ends", held(), VOID, "V1", { now: HOLD_ENDS - 1 }],
  ["comes too late when the hold has ended", held(), VOID, "! void_too_late none", { now: HOLD_ENDS }],
  ["comes too late when the hold was let go", held(deadline("hold")), VOID, "! void_too_late none"],
  ["comes not too late where Antom may have captured by itself", automatic(SUCCESS), VOID, "V1", { now: HOLD_ENDS }],
  [
    "of what Antom has failed to capture comes too late when the hold has ended",
    automatic(SUCCESS, told("capture", "10000", { outcome: "failed" })),
    VOID,
    "! void_too_late none",
    { now: HOLD_ENDS },
  ],
  ["joins the void of a payment that another one took the place of", superseded(), VOID, "= V1"],
  [
    "is made anew for a payment that another one took the place of, its void refused",
    superseded(told("void", undefined, { outcome: "failed", code: "ACCESS_DENIED" })),
    VOID,
    "V2",
  ],
  ["of one that another took the place of is nothing once that is let go", superseded(told("void")), VOID, "nothing"],
  [
    "of one that another took the place of leads to a refund once that is captured",
    superseded(told("void", undefined, { outcome: "failed" }), told("capture", "10000")),
    VOID,
    "! operation_refused refund_instead",
  ],
  [
    "of one that another took the place of comes too late when its hold has ended",
    superseded(told("void", undefined, { outcome: "failed" })),
    VOID,
    "! void_too_late none",
    { now: HOLD_ENDS },
  ],
  ["waits for a capture under way", held(requested("capture", "10000")), VOID, "! operation_pending wait"],
  ["waits for an increase under way", raisable(requested("increase", "12500")), VOID, "! operation_pending wait"],
]);

testRows("a command with an Idempotency-Key", [
  [
    "is the one that came before, while that is under way",
    held(keyed("capture", "10000", "k")),
    { ...capture(), key: "k" },
    "= C1",
  ],
  [
    "is the one that came before, when that is done",
    held(keyed("capture", "4000", "k"), told("capture", "4000")),
    { ...capture("4000"), key: "k" },
    "= C1",
    { contract: OFTEN },
  ],
  [
    "is the one that came before, when that failed",
    held(keyed("capture", "10000", "k"), told("capture", "10000", { outcome: "failed" })),
    { ...capture(), key: "k" },
    "= C1",
  ],
  [
    "is the one that came before, when the hold is over since",
    held(keyed("capture", "10000", "k"), told("capture", "10000")),
    { ...capture(), key: "k" },
    "= C1",
    { now: HOLD_ENDS + DAY },
  ],
  [
    "is not the one that another key asked for, though there is no room for both",
    captured(keyed("refund", "6000", "k")),
    { ...refund("6000"), key: "l" },
    "! operation_pending wait",
  ],
  [
    "is not a capture that another key asked for",
    held(keyed("capture", "10000", "k")),
    { ...capture(), key: "l" },
    "! operation_pending wait",
  ],
  [
    "is not what was asked for without one",
    raisable(requested("increase", "12500")),
    { ...increase("12500"), key: "l" },
    "! operation_pending wait",
  ],
  [
    "is another one under another key when the first has failed",
    captured(keyed("refund", "6000", "k"), told("refund", "6000", { outcome: "failed" })),
    { ...refund("6000"), key: "l" },
    "R2 6000",
  ],
  ["left out joins what a key asked for", captured(keyed("refund", "6000", "k")), refund("6000"), "= R1"],
  ["is another one under another key", captured(keyed("refund", "100", "k")), { ...refund("100"), key: "l" }, "R2 100"],
  [
    "is the same refund under the same key",
    captured(keyed("refund", "100", "k")),
    { ...refund("100"), key: "k" },
    "= R1",
  ],
  [
    "is refused for another amount",
    captured(keyed("refund", "100", "k")),
    { ...refund("101"), key: "k" },
    "! idempotency_key_reused",
  ],
  [
    "is refused for another currency",
    captured(keyed("refund", "100", "k")),
    { kind: "refund", amount: { currency: "USD", value: "100" }, key: "k" },
    "! idempotency_key_reused",
  ],
  [
    "is refused for something else",
    captured(keyed("refund", "100", "k")),
    { ...capture(), key: "k" },
    "! idempotency_key_reused",
  ],
  [
    "that was void before is the same void",
    held(keyed("void", undefined, "k"), told("void")),
    { ...VOID, key: "k" },
    "= V1",
  ],
]);

describe("permitted", () => {
  it("writes down who asked, why, when and by which key", () => {
    const permit = permitted(captured(), { ...refund("5"), key: "k", by: "ada", reason: "broken mug" }, NOW, ONCE);
    expect(permit).to.deep.equal({
      isNew: true,
      operation: {
        id: `${ID}R1`,
        kind: "refund",
        status: "pending",
        amount: EUR("5"),
        requestedAt: NOW,
        key: "k",
        by: "ada",
        reason: "broken mug",
      },
    });
  });

  it("refuses in words that name the money and the time", () => {
    const refusal = (payment: Payment, command: Command, now = NOW): string => {
      const permit = permitted(payment, command, now, ONCE);
      return "refusal" in permit ? permit.refusal.message : "";
    };
    expect(refusal(held(), capture("10001"))).to.contain("EUR 10000");
    expect(refusal(captured(told("refund", "4000")), refund("7000"))).to.contain("EUR 6000");
    expect(refusal(raisable(), increase("500"))).to.contain("EUR 10000");
    expect(refusal(held(), capture(), HOLD_ENDS)).to.contain(new Date(HOLD_ENDS).toISOString());
    expect(refusal(held(), capture("1"))).to.contain("contract.partialCapture");
    expect(refusal(held(requested("void")), capture())).to.contain(`${ID}V1`);
  });

  it("says of a payment that another one took the place of whether it is being let go", () => {
    const refusal = (payment: Payment): string => {
      const permit = permitted(payment, capture("1"), NOW, OFTEN);
      return "refusal" in permit ? `${permit.refusal.message}: ${words(permit.refusal)}` : "";
    };
    const refused = told("void", undefined, { outcome: "failed", code: "ACCESS_DENIED" });
    expect(refusal(superseded())).to.match(/and it is being let go: operation_refused$/);
    expect(refusal(superseded(refused))).to.match(
      /Antom has not let go of it; void it: operation_refused void_instead$/,
    );
    expect(refusal(superseded(refused, told("capture", "4000")))).to.match(
      /and what was taken is given back: operation_refused$/,
    );
  });

  it("counts in whole units however large they are", () => {
    const payment = after(
      { ...newPayment("MANUAL"), amount: EUR("9007199254740993") },
      { ...SUCCESS, amount: EUR("9007199254740993") },
      told("capture", "9007199254740992"),
    );
    expect(answer(payment, capture(), { contract: OFTEN })).to.equal("C2 1");
    expect(answer(payment, refund())).to.equal("R1 9007199254740992");
  });
});

import { expect } from "chai";
import type { Fact } from "../../lib/payment/observation.js";
import type { Operation, OperationKind } from "../../lib/payment/operation.js";
import type { Payment } from "../../lib/payment/payment.js";
import { permitted, type CaptureContract, type Command, type Refusal } from "../../lib/payment/permit.js";
import { after, DAY, EUR, ID, MINUTE, newPayment, step, T0 } from "./a-payment.js";
import { ACTION, AUTHORIZED_AT, CANCELLED, deadline, DECLINED, PROCESSING, requested, SUCCESS, told } from "./facts.js";

const ONCE: CaptureContract = { partialCapture: false, multipleCaptures: false };
const LESS: CaptureContract = { partialCapture: true, multipleCaptures: false };
const OFTEN: CaptureContract = { partialCapture: false, multipleCaptures: true };

const NOW = T0 + 10 * MINUTE;
const HOLD_ENDS = AUTHORIZED_AT + 7 * DAY;
const RAISABLE: Fact = { ...SUCCESS, resultInfo: { incrementalAuthorizationAvailable: true } };

const held = (...facts: readonly Fact[]): Payment => after(newPayment("MANUAL"), SUCCESS, ...facts);
const raisable = (...facts: readonly Fact[]): Payment => after(newPayment("MANUAL"), RAISABLE, ...facts);
/** EUR 100.00 that is captured. */
const captured = (...facts: readonly Fact[]): Payment => held(told("capture", "10000"), ...facts);
const automatic = (...facts: readonly Fact[]): Payment => after(newPayment("AUTOMATIC"), ...facts);
const superseded = (): Payment => {
  const before = after(newPayment("MANUAL"), DECLINED);
  return step(before, SUCCESS, { otherIsLive: true })?.payment ?? before;
};
/** An increase as it is while it, or what came of it, is known. */
const raised = (value: string, nth = 1): Fact[] => [
  requested("increase", value, nth),
  told("increase", value, { nth }),
];
const failed = (kind: OperationKind, value?: string, nth = 1): Fact[] => [
  requested(kind, value, nth),
  told(kind, value, { nth, outcome: "failed" }),
];
const keyed = (kind: OperationKind, value: string | undefined, key: string): Fact => {
  const { operation } = requested(kind, value);
  return { kind: "requested", operation: { ...operation, key } };
};

/** What is made ("C1 10000"; a void has no amount), joined ("= C1") or refused ("! code remedy"); "nothing" where it is so already. */
function answer(payment: Payment, command: Command, { contract = ONCE, now = NOW } = {}): string {
  const permit = permitted(payment, command, now, contract);
  if ("refusal" in permit) return `! ${words(permit.refusal)}`;
  const { operation, isNew } = permit;
  if (operation === undefined) return "nothing";
  return isNew
    ? `${short(operation)}${operation.amount === undefined ? "" : ` ${operation.amount.value}`}`
    : `= ${short(operation)}`;
}
const words = ({ code, remedy }: Refusal): string => [code, remedy].filter((word) => word !== undefined).join(" ");
const short = ({ id }: Operation): string => id.replace(ID, "");

type Row = readonly [
  title: string,
  payment: Payment,
  command: Command,
  expected: string,
  more?: { readonly contract?: CaptureContract; readonly now?: number },
];
const capture = (value?: string): Command => ({
  kind: "capture",
  ...(value === undefined ? {} : { amount: EUR(value) }),
});
const refund = (value?: string): Command => ({
  kind: "refund",
  ...(value === undefined ? {} : { amount: EUR(value) }),
});
const increase = (value?: string): Command => ({
  kind: "increase",
  ...(value === undefined ? {} : { amount: EUR(value) }),
});
const VOID: Command = { kind: "void" };

const TABLE: Readonly<Record<string, readonly Row[]>> = {
  "a capture": [
    ["takes all that is held, when no amount is named", held(), capture(), "C1 10000"],
    ["takes all that is held, when that is named", held(), capture("10000"), "C1 10000"],
    ["takes what the hold was raised to", raisable(...raised("12500")), capture(), "C1 12500"],
    [
      "takes the old total after an increase that failed",
      raisable(...failed("increase", "12500")),
      capture(),
      "C1 10000",
    ],
    ["of more than is held is refused", held(), capture("10001"), "! amount_refused lower_amount"],
    [
      "of more than is held is refused, whatever the contract",
      held(),
      capture("10001"),
      "! amount_refused lower_amount",
      { contract: OFTEN },
    ],
    ["of a part is refused unless the contract allows it", held(), capture("9999"), "! amount_refused capture_full"],
    ["of a part is taken where the contract allows it", held(), capture("9999"), "C1 9999", { contract: LESS }],
    [
      "of the rest is refused where one capture is all the contract allows",
      held(told("capture", "4000")),
      capture(),
      "! operation_refused",
      { contract: LESS },
    ],
    ["of the rest is taken", held(told("capture", "4000")), capture(), "C2 6000", { contract: OFTEN }],
    ["of a part of the rest is taken", held(told("capture", "4000")), capture("100"), "C2 100", { contract: OFTEN }],
    [
      "of more than the rest is refused",
      held(told("capture", "4000")),
      capture("6001"),
      "! amount_refused lower_amount",
      { contract: OFTEN },
    ],
    [
      "counts what is still being captured",
      held(requested("capture", "4000")),
      capture("6001"),
      "! amount_refused lower_amount",
      { contract: OFTEN },
    ],
    [
      "beside one that is under way is another where there is room for both",
      held(requested("capture", "4000")),
      capture("4000"),
      "C2 4000",
      { contract: OFTEN },
    ],
    ["asked for twice at once is one", held(requested("capture", "10000")), capture(), "= C1"],
    ["asked for twice at once by its amount is one", held(requested("capture", "10000")), capture("10000"), "= C1"],
    [
      "asked for twice at once is one also where several are allowed",
      held(requested("capture", "10000")),
      capture(),
      "= C1",
      { contract: OFTEN },
    ],
    [
      "of a part asked for twice at once is one where one is all that is allowed",
      held(requested("capture", "4000")),
      capture("4000"),
      "= C1",
      { contract: LESS },
    ],
    [
      "of another amount than the one under way is refused where one is all that is allowed",
      held(requested("capture", "4000")),
      capture("5000"),
      "! operation_refused",
      { contract: LESS },
    ],
    ["of what is captured already is refused", captured(), capture(), "! operation_refused"],
    ["of what is captured already is refused by its amount too", captured(), capture("10000"), "! operation_refused"],
    ["is made anew after one that failed", held(...failed("capture", "10000")), capture(), "C2 10000"],
    [
      "in another currency is refused",
      held(),
      { kind: "capture", amount: { currency: "USD", value: "10000" } },
      "! amount_refused",
    ],
    ["of a payment that Antom captures by itself waits", automatic(SUCCESS), capture(), "! operation_refused wait"],
    ["of an automatic payment that was declined does not wait", automatic(DECLINED), capture(), "! operation_refused"],
    ["of an automatic payment that is voided does not wait", automatic(CANCELLED), capture(), "! operation_refused"],
    [
      "of a payment that nobody has paid is refused",
      after(newPayment("MANUAL"), ACTION),
      capture(),
      "! operation_refused",
    ],
    [
      "of a payment the bank decides on is refused",
      after(newPayment("MANUAL"), PROCESSING),
      capture(),
      "! operation_refused",
    ],
    ["of a declined payment is refused", after(newPayment("MANUAL"), DECLINED), capture(), "! operation_refused"],
    ["of a voided payment is refused", held(told("void")), capture(), "! operation_refused"],
    ["of a payment that another one took the place of is refused", superseded(), capture(), "! operation_refused"],
    ["is taken until the hold ends", held(), capture(), "C1 10000", { now: HOLD_ENDS - 1 }],
    [
      "comes too late when the hold has ended",
      held(),
      capture(),
      "! authorization_expired new_payment",
      { now: HOLD_ENDS },
    ],
    [
      "comes too late when the hold was let go",
      held(deadline("hold")),
      capture(),
      "! authorization_expired new_payment",
    ],
    ["waits for a void under way", held(requested("void")), capture(), "! operation_pending wait"],
    [
      "waits for an increase under way",
      raisable(requested("increase", "12500")),
      capture(),
      "! operation_pending wait",
    ],
    [
      "does not wait for a refund",
      held(told("capture", "4000"), requested("refund", "1000")),
      capture(),
      "C2 6000",
      { contract: OFTEN },
    ],
  ],
  "a void": [
    ["lets the hold go", held(), VOID, "V1"],
    ["of a payment that nobody has paid closes it", after(newPayment("MANUAL"), ACTION), VOID, "V1"],
    ["of a payment that was only opened closes it", newPayment("MANUAL"), VOID, "V1"],
    ["of a payment that Antom will capture lets the hold go", automatic(SUCCESS), VOID, "V1"],
    ["asked for twice at once is one", held(requested("void")), VOID, "= V1"],
    ["of what is voided is nothing", held(told("void")), VOID, "nothing"],
    ["is made anew after one that failed", held(...failed("void")), VOID, "V2"],
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
    ["comes too late when the hold has ended", held(), VOID, "! void_too_late refund_instead", { now: HOLD_ENDS }],
    ["comes too late when the hold was let go", held(deadline("hold")), VOID, "! void_too_late refund_instead"],
    ["joins the void of a payment that another one took the place of", superseded(), VOID, "= V1"],
    ["waits for a capture under way", held(requested("capture", "10000")), VOID, "! operation_pending wait"],
    ["waits for an increase under way", raisable(requested("increase", "12500")), VOID, "! operation_pending wait"],
  ],
  "a refund": [
    ["gives back all that was captured, when no amount is named", captured(), refund(), "R1 10000"],
    ["gives back a part", captured(), refund("1"), "R1 1"],
    ["gives back what is left", captured(told("refund", "4000")), refund(), "R2 6000"],
    ["gives back the last bit", captured(told("refund", "9999")), refund("1"), "R2 1"],
    ["of a partial capture gives back no more than that", held(told("capture", "4000")), refund(), "R1 4000"],
    [
      "of several captures gives back their sum",
      held(told("capture", "4000"), told("capture", "500", { nth: 2 })),
      refund(),
      "R1 4500",
    ],
    [
      "of more than was captured is refused",
      held(told("capture", "4000")),
      refund("4001"),
      "! amount_refused lower_amount",
    ],
    [
      "of more than is left is refused",
      captured(told("refund", "4000")),
      refund("6001"),
      "! amount_refused lower_amount",
    ],
    [
      "counts what is still being given back",
      captured(requested("refund", "4000")),
      refund("6001"),
      "! amount_refused lower_amount",
    ],
    ["does not count what could not be given back", captured(...failed("refund", "4000")), refund(), "R2 10000"],
    [
      "beside one under way is another where there is room for both",
      captured(requested("refund", "4000")),
      refund("4000"),
      "R2 4000",
    ],
    ["of the rest beside one under way is another", captured(requested("refund", "4000")), refund(), "R2 6000"],
    ["asked for twice at once is one", captured(requested("refund", "10000")), refund(), "= R1"],
    ["asked for twice at once by its amount is one", captured(requested("refund", "10000")), refund("10000"), "= R1"],
    [
      "asked for twice at once is one where there is no room for both",
      captured(requested("refund", "6000")),
      refund("6000"),
      "= R1",
    ],
    ["of what is given back already is refused", captured(told("refund", "10000")), refund(), "! operation_refused"],
    [
      "counts no capture that is still under way",
      held(requested("capture", "10000")),
      refund(),
      "! operation_refused void_instead",
    ],
    ["of what is only held leads to a void", held(), refund(), "! operation_refused void_instead"],
    ["of a voided payment is refused", held(told("void")), refund(), "! operation_refused"],
    ["of an unpaid payment is refused", newPayment("MANUAL"), refund(), "! operation_refused"],
    [
      "of an automatic capture is made",
      automatic(SUCCESS, told("capture", "10000", { requestId: "AUTO-1" })),
      refund(),
      "R1 10000",
    ],
    ["is made long after the hold has ended", captured(), refund(), "R1 10000", { now: HOLD_ENDS + 100 * DAY }],
    [
      "does not wait for a capture under way",
      held(told("capture", "4000"), requested("capture", "100", 2)),
      refund(),
      "R1 4000",
    ],
    [
      "in another currency is refused",
      captured(),
      { kind: "refund", amount: { currency: "USD", value: "1" } },
      "! amount_refused",
    ],
  ],
  "an increase": [
    ["raises the hold to a new total", raisable(), increase("10001"), "U1 10001"],
    ["raises it once more", raisable(...raised("12500")), increase("12501"), "U2 12501"],
    ["without a total is refused", raisable(), increase(), "! amount_refused"],
    ["to what is held is refused", raisable(), increase("10000"), "! amount_refused"],
    ["to less than is held is refused", raisable(), increase("9999"), "! amount_refused"],
    [
      "to what it was raised to already is refused",
      raisable(...raised("12500")),
      increase("12500"),
      "! amount_refused",
    ],
    [
      "to the same total after one that failed is made anew",
      raisable(...failed("increase", "12500")),
      increase("12500"),
      "U2 12500",
    ],
    ["asked for twice at once is one", raisable(requested("increase", "12500")), increase("12500"), "= U1"],
    [
      "to another total waits for the one under way",
      raisable(requested("increase", "12500")),
      increase("13000"),
      "! operation_pending wait",
    ],
    [
      "waits for a capture under way",
      raisable(requested("capture", "10000")),
      increase("12500"),
      "! operation_pending wait",
    ],
    ["waits for a void under way", raisable(requested("void")), increase("12500"), "! operation_pending wait"],
    [
      "of what is captured is refused",
      raisable(told("capture", "10000")),
      increase("12500"),
      "! operation_refused new_payment",
    ],
    ["of a voided payment is refused", raisable(told("void")), increase("12500"), "! operation_refused"],
    ["of an unpaid payment is refused", newPayment("MANUAL"), increase("12500"), "! operation_refused"],
    [
      "comes too late when the hold has ended",
      raisable(),
      increase("12500"),
      "! authorization_expired new_payment",
      { now: HOLD_ENDS },
    ],
    ["of a card whose hold cannot be raised is refused", held(), increase("12500"), "! operation_refused new_payment"],
    [
      "of a card of which Antom says no is refused",
      held({ ...SUCCESS, resultInfo: { incrementalAuthorizationAvailable: false } }),
      increase("12500"),
      "! operation_refused new_payment",
    ],
    [
      "is made a tenth time",
      raisable(...Array.from({ length: 9 }, (_unused, nth) => raised(String(10_001 + nth), nth + 1)).flat()),
      increase("20000"),
      "U10 20000",
    ],
    [
      "is not made an eleventh time",
      raisable(...Array.from({ length: 10 }, (_unused, nth) => raised(String(10_001 + nth), nth + 1)).flat()),
      increase("20000"),
      "! operation_refused new_payment",
    ],
    [
      "in another currency is refused",
      raisable(),
      { kind: "increase", amount: { currency: "USD", value: "20000" } },
      "! amount_refused",
    ],
  ],
  "a command with an Idempotency-Key": [
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
      "is another one under another key",
      captured(keyed("refund", "100", "k")),
      { ...refund("100"), key: "l" },
      "R2 100",
    ],
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
  ],
};

describe("permitted", () => {
  for (const [what, rows] of Object.entries(TABLE)) {
    describe(what, () => {
      for (const [title, payment, command, expected, more] of rows) {
        it(title, () => {
          expect(answer(payment, command, more)).to.equal(expected);
        });
      }
    });
  }

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

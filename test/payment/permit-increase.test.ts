import { newPayment } from "./a-payment.js";
import { requested, SUCCESS, told } from "./facts.js";
import { automatic, failed, held, HOLD_ENDS, increase, RAISABLE, raisable, raised, testRows } from "./permit-rows.js";

testRows("an increase", [
  ["raises the hold to a new total", raisable(), increase("10001"), "U1 10001"],
  ["raises it once more", raisable(...raised("12500")), increase("12501"), "U2 12501"],
  ["without a total is refused", raisable(), increase(), "! amount_refused"],
  ["to what is held is refused", raisable(), increase("10000"), "! amount_refused"],
  ["to less than is held is refused", raisable(), increase("9999"), "! amount_refused"],
  ["to what it was raised to already is refused", raisable(...raised("12500")), increase("12500"), "! amount_refused"],
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
  [
    "comes too late then where Antom may have captured by itself, and nobody is asked to pay anew",
    automatic(RAISABLE),
    increase("12500"),
    "! operation_refused",
    { now: HOLD_ENDS },
  ],
  [
    "that is under way when the hold ends is waited for",
    raisable(requested("increase", "12500")),
    increase("13000"),
    "! operation_pending wait",
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
]);

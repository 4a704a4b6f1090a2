import { DAY, newPayment } from "./a-payment.js";
import { requested, SUCCESS, told } from "./facts.js";
import { automatic, captured, failed, held, HOLD_ENDS, refund, testRows } from "./permit-rows.js";

testRows("a refund", [
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
  [
    "that is under way on Antom's dashboard is waited for, and not sent again under its id",
    captured(told("refund", "10000", { outcome: "pending", requestId: "DASHBOARD" })),
    refund(),
    "! operation_pending wait",
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
  ["of what is left is done where nothing is left", captured(told("refund", "10000")), refund(), "nothing"],
  [
    "of what is left joins what is under way where nothing is left",
    captured(told("refund", "4000"), requested("refund", "5000", 2), requested("refund", "1000", 3)),
    refund(undefined),
    "= R2",
  ],
  [
    "of what is given back already is refused by its amount",
    captured(told("refund", "10000")),
    refund("10000"),
    "! operation_refused",
  ],
  [
    "under a key, which nothing would remember, is refused",
    captured(told("refund", "10000")),
    { ...refund(), key: "k" },
    "! operation_refused",
  ],
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
]);

import fc from "fast-check";
import type { AuthorizationFact, Fact, ObservationSource, OperationFact } from "../../lib/payment/observation.js";
import type { OperationKind } from "../../lib/payment/operation.js";
import type { PaymentStatus } from "../../lib/payment/payment.js";
import { EUR } from "./a-payment.js";
import { ACTION, CANCELLED, CLOSED, DECLINED, dispute, judged, PROCESSING, requested, SUCCESS, told } from "./facts.js";

/** What Antom did with a payment. */
export interface Plan {
  readonly value: number;
  readonly captureMode: "AUTOMATIC" | "MANUAL";
  readonly ending:
    "abandoned" | "declined" | "closed" | "cancelled" | "authorized" | "declined, then authorized after all";
  readonly isPending: boolean;
  readonly raises: readonly { readonly by: number; readonly ok: boolean }[];
  readonly captures: readonly { readonly percent: number; readonly ok: boolean }[];
  readonly refunds: readonly { readonly percent: number; readonly ok: boolean }[];
  readonly voided: boolean;
  readonly disputes: readonly string[];
  /** After which of its own messages Antom was asked how the payment stands. */
  readonly inquiries: readonly number[];
}

export interface Told {
  readonly source: ObservationSource;
  readonly facts: readonly Fact[];
}

/** What follows from a plan: what the kit wrote down before acting, what Antom signed, and what is true in the end. */
export interface World {
  readonly plan: Plan;
  readonly commands: readonly Told[];
  /** In the order in which it happened. */
  readonly signed: readonly Told[];
  readonly truth: {
    readonly status: PaymentStatus;
    readonly authorizedAmount: string;
    readonly capturedAmount: string;
    readonly refundedAmount: string;
    /** Each operation as "<kind> <status> <value>", sorted. */
    readonly operations: readonly string[];
    /** What the shop must hear exactly once, whatever the order. */
    readonly subjects: readonly string[];
  };
}

const percent = fc.integer({ min: 1, max: 100 });
const attempt = fc.record({ percent, ok: fc.boolean() });

export const plans: fc.Arbitrary<Plan> = fc.record({
  value: fc.integer({ min: 1, max: 1_000_000_000 }),
  captureMode: fc.constantFrom("AUTOMATIC", "MANUAL"),
  ending: fc.constantFrom(
    "abandoned",
    "declined",
    "closed",
    "cancelled",
    "authorized",
    "authorized",
    "authorized",
    "declined, then authorized after all",
  ),
  isPending: fc.boolean(),
  raises: fc.array(fc.record({ by: fc.integer({ min: 1, max: 1_000_000 }), ok: fc.boolean() }), { maxLength: 2 }),
  captures: fc.array(attempt, { maxLength: 3 }),
  refunds: fc.array(attempt, { maxLength: 3 }),
  voided: fc.boolean(),
  disputes: fc.uniqueArray(
    fc.constantFrom(
      "DISPUTE_CREATED",
      "DEFENSE_SUPPLIED",
      "DISPUTE_JUDGED",
      "DISPUTE_JUDGED VALIDATE_SUCCESS",
      "DISPUTE_JUDGED VALIDATE_FAIL",
    ),
    { maxLength: 5 },
  ),
  inquiries: fc.array(fc.nat(20), { maxLength: 4 }),
});

/** Plays a plan out. */
export function worldOf(plan: Plan): World {
  const commands: Told[] = [];
  const signed: Told[] = [];
  const subjects: string[] = [];
  const operations = new Map<string, OperationFact>();
  let authorization: AuthorizationFact = ACTION;
  let messages = 0;

  const say = (source: ObservationSource, fact: Fact): void => {
    signed.push({ source, facts: [fact] });
    if (fact.kind === "authorization") authorization = fact;
    if (plan.inquiries.includes(messages++)) {
      const transactions = [...operations.values()].filter(({ kind }) => kind === "capture" || kind === "refund");
      signed.push({ source: "inquiry", facts: [authorization, ...transactions] });
    }
  };
  /** Of ours: written down, sent, perhaps answered at first with "in process", then with the outcome. */
  const operate = (kind: OperationKind, nth: number, ok: boolean, value?: string, refusal = "PROCESS_FAIL"): void => {
    commands.push({ source: "command", facts: [requested(kind, value, nth)] });
    const { gatewayId: _gatewayId, ...pending } = told(kind, value, { nth, outcome: "pending" });
    say(kind, pending);
    const settled = told(kind, value, { nth, outcome: ok ? "succeeded" : "failed", code: ok ? "SUCCESS" : refusal });
    operations.set(`${kind} ${nth}`, settled);
    say("notification", settled);
    const events = { capture: ["captured", "capture_failed"], refund: ["refunded", "refund_failed"] };
    if (kind === "capture" || kind === "refund") {
      subjects.push(`payment.${String(events[kind][ok ? 0 : 1])} ${String(settled.requestId)}`);
    }
  };

  let held = 0n;
  let captured = 0n;
  let refunded = 0n;
  say("pay", ACTION);
  if (plan.isPending) say("notification", PROCESSING);

  const conclude = (status: PaymentStatus): World => {
    for (const step of plan.disputes) {
      const [name = "", result] = step.split(" ");
      say("notification", result === undefined ? dispute(name) : judged(result));
      subjects.push(`dispute D1 ${step}`);
    }
    return {
      plan,
      commands,
      signed,
      truth: {
        status,
        authorizedAmount: String(held),
        capturedAmount: String(captured),
        refundedAmount: String(refunded),
        operations: [...operations.values()]
          .map(({ kind, outcome, amount }) => `${kind} ${outcome} ${amount?.value ?? ""}`)
          .sort(),
        subjects,
      },
    };
  };

  switch (plan.ending) {
    case "abandoned":
      return conclude(plan.isPending ? "processing" : "requires_action");
    case "declined":
    case "closed":
      say("notification", plan.ending === "closed" ? CLOSED : DECLINED);
      return conclude(plan.ending === "closed" ? "expired" : "failed");
    case "cancelled":
      operate("void", 1, true);
      say("inquiry", CANCELLED);
      return conclude("voided");
    case "declined, then authorized after all":
      say("notification", plan.voided ? CLOSED : DECLINED);
      subjects.push("payment.conflict contradictory_result ");
      break;
    case "authorized":
      break;
  }

  const base = BigInt(plan.value);
  held = base;
  const success: AuthorizationFact = { ...SUCCESS, amount: EUR(String(base)) };
  say("notification", success);

  if (plan.captureMode === "AUTOMATIC") {
    const [capture] = plan.captures;
    if (capture !== undefined) {
      const outcome = capture.ok ? "succeeded" : "failed";
      const settled = told("capture", String(held), { requestId: "AUTO-1", outcome });
      operations.set("capture", settled);
      say("notification", settled);
      subjects.push(`payment.${capture.ok ? "captured" : "capture_failed"} AUTO-1`);
      if (capture.ok) captured = held;
    }
  } else {
    for (const [index, { by, ok }] of plan.raises.entries()) {
      const total = held + BigInt(by);
      operate("increase", index + 1, ok, String(total));
      if (ok) held = total;
    }
    for (const [index, { percent, ok }] of plan.captures.entries()) {
      const value = ((held - captured) * BigInt(percent)) / 100n;
      if (value === 0n) continue;
      // Once a part is captured the rest of the hold can be refused as gone: that ends nothing.
      operate("capture", index + 1, ok, String(value), captured > 0n ? "AUTH_CANCELLED" : "PROCESS_FAIL");
      if (ok) captured += value;
    }
  }
  for (const [index, { percent, ok }] of plan.refunds.entries()) {
    const value = ((captured - refunded) * BigInt(percent)) / 100n;
    if (value === 0n) continue;
    operate("refund", index + 1, ok, String(value));
    if (ok) refunded += value;
  }
  if (plan.voided) {
    // What is captured cannot be cancelled any more.
    operate("void", 1, captured === 0n);
    if (captured === 0n) say("inquiry", CANCELLED);
  }
  if (!plan.voided || captured > 0n) subjects.push("payment.authorized");
  return conclude(captured > 0n ? "captured" : plan.voided ? "voided" : "authorized");
}

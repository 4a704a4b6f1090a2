import { expect } from "chai";
import type { Fact } from "../../lib/payment/observation.js";
import type { Operation, OperationKind } from "../../lib/payment/operation.js";
import type { Payment } from "../../lib/payment/payment.js";
import { permitted, type CaptureContract, type Command } from "../../lib/payment/permit.js";
import type { Refusal } from "../../lib/payment/refusal.js";
import { after, DAY, EUR, ID, MINUTE, newPayment, step, T0 } from "./a-payment.js";
import { AUTHORIZED_AT, DECLINED, requested, SUCCESS, told } from "./facts.js";

export const ONCE: CaptureContract = { partialCapture: false, multipleCaptures: false };
export const LESS: CaptureContract = { partialCapture: true, multipleCaptures: false };
export const OFTEN: CaptureContract = { partialCapture: false, multipleCaptures: true };

export const NOW = T0 + 10 * MINUTE;
export const HOLD_ENDS = AUTHORIZED_AT + 7 * DAY;
export const RAISABLE: Fact = { ...SUCCESS, resultInfo: { incrementalAuthorizationAvailable: true } };

export const held = (...facts: readonly Fact[]): Payment => after(newPayment("MANUAL"), SUCCESS, ...facts);
export const raisable = (...facts: readonly Fact[]): Payment => after(newPayment("MANUAL"), RAISABLE, ...facts);
/** EUR 100.00 that is captured. */
export const captured = (...facts: readonly Fact[]): Payment => held(told("capture", "10000"), ...facts);
export const automatic = (...facts: readonly Fact[]): Payment => after(newPayment("AUTOMATIC"), ...facts);
export const superseded = (...facts: readonly Fact[]): Payment => {
  const before = after(newPayment("MANUAL"), DECLINED);
  return after(step(before, SUCCESS, { otherIsLive: true })?.payment ?? before, ...facts);
};
/** An increase as it is while it, or what came of it, is known. */
export const raised = (value: string, nth = 1): Fact[] => [
  requested("increase", value, nth),
  told("increase", value, { nth }),
];
export const failed = (kind: OperationKind, value?: string, nth = 1): Fact[] => [
  requested(kind, value, nth),
  told(kind, value, { nth, outcome: "failed" }),
];
export const keyed = (kind: OperationKind, value: string | undefined, key: string): Fact => {
  const { operation } = requested(kind, value);
  return { kind: "requested", operation: { ...operation, key } };
};

/** What is made ("C1 10000"; a void has no amount), joined ("= C1") or refused ("! code remedy"); "nothing" where it is so already. */
export function answer(payment: Payment, command: Command, { contract = ONCE, now = NOW } = {}): string {
  const permit = permitted(payment, command, now, contract);
  if ("refusal" in permit) return `! ${words(permit.refusal)}`;
  const { operation, isNew } = permit;
  if (operation === undefined) return "nothing";
  return isNew
    ? `${short(operation)}${operation.amount === undefined ? "" : ` ${operation.amount.value}`}`
    : `= ${short(operation)}`;
}
export const words = ({ code, remedy }: Refusal): string =>
  [code, remedy].filter((word) => word !== undefined).join(" ");
export const short = ({ id }: Operation): string => id.replace(ID, "");

export type Row = readonly [
  title: string,
  payment: Payment,
  command: Command,
  expected: string,
  more?: { readonly contract?: CaptureContract; readonly now?: number },
];
export const capture = (value?: string): Command => ({
  kind: "capture",
  ...(value === undefined ? {} : { amount: EUR(value) }),
});
export const refund = (value?: string): Command => ({
  kind: "refund",
  ...(value === undefined ? {} : { amount: EUR(value) }),
});
export const increase = (value?: string): Command => ({
  kind: "increase",
  ...(value === undefined ? {} : { amount: EUR(value) }),
});
export const VOID: Command = { kind: "void" };

/** A test for each row: what a command is answered with. */
export const testRows = (what: string, rows: readonly Row[]): void => {
  describe(`permitted: ${what}`, () => {
    for (const [title, payment, command, expected, more] of rows) {
      it(title, () => {
        expect(answer(payment, command, more)).to.equal(expected);
      });
    }
  });
};

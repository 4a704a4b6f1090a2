import { DURATIONS, scaled } from "../durations.js";
import { charge, decline } from "../life/charge.js";
import { isResultCode, Refusal } from "../result.js";
import type { Simulation } from "../simulation.js";
import type { Change } from "../state/change.js";
import type { Payment } from "../state/payment.js";
import { parseTimestamp } from "../timestamp.js";
import { checkBillingAddress } from "./billing-address.js";
import { attemptOf } from "./card-attempt.js";
import { checkCurrency } from "./currency.js";
import type { Operation } from "./operation.js";
import { payAnswer } from "./pay-answer.js";
import { planOf } from "./credit-pay-plan.js";
import { checkPaymentMethod } from "./payment-method.js";
import { modeOf, wayOf } from "./payment-mode.js";
import { checkPay, type PayRequest } from "./schema/pay.js";
import { isSet } from "./schema/shapes.js";
import { checkUrls } from "./urls.js";
import { wishOf } from "./wish.js";

/** Opens a payment, or answers for the one this `paymentRequestId` opened before. */
export const pay: Operation = (body, { simulation, baseUrl }) => {
  const request = checkPay(body);
  const { book, timeline } = simulation;
  const known = timeline.current(book.paymentByRequestId(request.paymentRequestId));
  if (known !== undefined) {
    checkRepetition(known, request);
    return payAnswer(known, baseUrl);
  }
  checkCurrency(request.paymentAmount);
  checkUrls(request);
  checkBillingAddress(request);
  if (request.env.terminalType === "MINI_APP" && request.appId === undefined) {
    throw new Refusal("PARAM_ILLEGAL", "appId is missing.");
  }
  const opened = open(request, simulation);
  if (!book.hasRoom()) throw new Refusal("REQUEST_TRAFFIC_EXCEED_LIMIT");
  book.commit(opened.mode === "direct" ? chargeAtOnce(simulation, opened, request) : { payment: opened });
  return payAnswer(book.payment(opened.paymentId) ?? opened, baseUrl);
};

function chargeAtOnce(simulation: Simulation, opened: Payment, request: PayRequest): Change {
  const attempt = attemptOf(request, opened, simulation);
  return isResultCode(attempt) ? decline(simulation, opened, attempt) : charge(simulation, opened, attempt);
}

/** Antom compares these on a repetition (its page on idempotency). */
function checkRepetition(known: Payment, { paymentAmount, paymentMethod }: PayRequest): void {
  if (
    known.amount.currency !== paymentAmount.currency ||
    known.amount.value !== paymentAmount.value ||
    known.paymentMethodId !== paymentMethod.paymentMethodId
  ) {
    throw new Refusal("REPEAT_REQ_INCONSISTENT");
  }
}

function open(request: PayRequest, { clock, identifiers, settings }: Simulation): Payment {
  const now = clock.now();
  const { paymentMethod, paymentFactor, order } = request;
  const data = paymentMethod.paymentMethodMetaData ?? {};
  const way = wayOf(request);
  checkPaymentMethod(request, way, settings);
  const mode = modeOf(way);
  const creditPayPlan = planOf(request);
  const expiresAt = request.paymentExpiryTime === undefined ? undefined : ownExpiry(request.paymentExpiryTime, now);
  return {
    paymentId: identifiers.next("payment"),
    paymentRequestId: request.paymentRequestId,
    secret: identifiers.secret(),
    mode,
    status: "PROCESSING",
    code: "PAYMENT_IN_PROCESS",
    amount: { currency: request.paymentAmount.currency, value: request.paymentAmount.value },
    referenceOrderId: order.referenceOrderId,
    orderDescription: order.orderDescription,
    authorization: isSet(paymentFactor?.isAuthorization),
    captureMode: paymentFactor?.captureMode === "MANUAL" ? "MANUAL" : "AUTOMATIC",
    wish: wishOf(data, settings),
    redirectUrl: request.paymentRedirectUrl,
    createdAt: now,
    expiresAt: expiresAt ?? now + scaled(DURATIONS.paymentExpiry, settings),
    captures: [],
    increases: [],
    disputes: [],
    refunds: [],
    ...(paymentMethod.paymentMethodId !== undefined && { paymentMethodId: paymentMethod.paymentMethodId }),
    ...(data.selectedCardBrand !== undefined && mode === "issuer" && { selectedCardBrand: data.selectedCardBrand }),
    ...(creditPayPlan && { creditPayPlan }),
    ...(settings.account === "apo" && { account: "apo" }),
    ...(request.metadata !== undefined && { metadata: request.metadata }),
    ...(request.paymentNotifyUrl !== undefined && { notifyUrl: request.paymentNotifyUrl }),
  };
}

function ownExpiry(text: string, now: number): number {
  const at = parseTimestamp(text);
  if (at === undefined) throw new Refusal("PARAM_ILLEGAL", "paymentExpiryTime is not an ISO 8601 time with an offset.");
  if (at <= now) throw new Refusal("PARAM_ILLEGAL", "paymentExpiryTime is over already.");
  if (at >= now + DURATIONS.longestOwnExpiry) {
    throw new Refusal("PARAM_ILLEGAL", "paymentExpiryTime is 10 minutes or more after the request.");
  }
  return at;
}

import { expect } from "chai";
import { RESULTS, type ResultStatus } from "../../lib/simulator/result.js";
import type { FaultRequest } from "../../lib/simulator.js";
import { visit } from "./support/pages.js";
import { openScene, type Scene } from "./support/scene.js";

/** What Antom's documents have for every operation, by status, beside the generic codes below. */
const DOCUMENTED: Readonly<Record<string, Readonly<Record<ResultStatus, readonly string[]>>>> = {
  capture: {
    S: ["SUCCESS"],
    U: ["CAPTURE_IN_PROCESS", "UNKNOWN_EXCEPTION"],
    F: [
      "ACCESS_DENIED",
      "AUTH_NOT_FOUND",
      "MULTI_CAPTURE_NOT_SUPPORTED",
      "AUTH_CANCELLED",
      "AUTH_EXPIRED",
      "CAPTURE_AMOUNT_EXCEED_AUTH_LIMIT",
      "ORDER_IS_CANCELED",
      "ORDER_STATUS_INVALID",
      "PARAM_ILLEGAL",
      "REPEAT_REQ_INCONSISTENT",
      "PROCESS_FAIL",
      "CURRENCY_NOT_SUPPORT",
      "INVALID_CONTRACT",
      "NO_PAY_OPTIONS",
      "PAYMENT_COUNT_EXCEED_LIMIT",
      "RISK_REJECT",
      "USER_AMOUNT_EXCEED_LIMIT",
      "USER_BALANCE_NOT_ENOUGH",
      "USER_NOT_EXIST",
      "USER_STATUS_ABNORMAL",
    ],
  },
  cancel: {
    S: ["SUCCESS"],
    U: ["UNKNOWN_EXCEPTION", "REQUEST_TRAFFIC_EXCEED_LIMIT"],
    F: [
      "CANCEL_WINDOW_EXCEED",
      "ORDER_NOT_EXIST",
      "ORDER_STATUS_INVALID",
      "ACCESS_DENIED",
      "CLIENT_INVALID",
      "PROCESS_FAIL",
      "PARAM_ILLEGAL",
    ],
  },
  refund: {
    S: ["SUCCESS"],
    U: ["REFUND_IN_PROCESS", "UNKNOWN_EXCEPTION", "REQUEST_TRAFFIC_EXCEED_LIMIT"],
    F: [
      "REFUND_AMOUNT_EXCEED",
      "REFUND_WINDOW_EXCEED",
      "ORDER_STATUS_INVALID",
      "ORDER_NOT_EXIST",
      "ORDER_IS_CANCELED",
      "ORDER_IS_CLOSED",
      "MERCHANT_BALANCE_NOT_ENOUGH",
      "PARTIAL_REFUND_NOT_SUPPORTED",
      "MULTIPLE_REFUNDS_NOT_SUPPORTED",
      "PAYMENT_METHOD_NOT_SUPPORTED",
      "CURRENCY_NOT_SUPPORT",
      "REPEAT_REQ_INCONSISTENT",
      "ACCESS_DENIED",
      "INVALID_MERCHANT_STATUS",
      "KEY_NOT_FOUND",
      "RISK_REJECT",
      "PROCESS_FAIL",
      "SYSTEM_ERROR",
    ],
  },
  inquiryRefund: { S: ["SUCCESS"], U: [], F: ["REFUND_NOT_EXIST", "ORDER_NOT_EXIST"] },
  updateAmount: { S: ["SUCCESS"], U: [], F: ["INCREMENTAL_NOT_SUPPORT"] },
};

/** What any operation may answer. */
const GENERIC: Readonly<Record<ResultStatus, readonly string[]>> = {
  S: [],
  U: ["UNKNOWN_EXCEPTION", "REQUEST_TRAFFIC_EXCEED_LIMIT"],
  F: [
    "INVALID_SIGNATURE",
    "SIGNATURE_INVALID",
    "KEY_NOT_FOUND",
    "CLIENT_INVALID",
    "INVALID_CLIENT",
    "UNKNOWN_CLIENT",
    "INVALID_CLIENT_STATUS",
    "CLIENT_FORBIDDEN_ACCESS_API",
    "ACCESS_DENIED",
    "PARAM_ILLEGAL",
    "INVALID_API",
    "NO_INTERFACE_DEF",
    "METHOD_NOT_SUPPORTED",
    "MEDIA_TYPE_NOT_ACCEPTABLE",
    "OAUTH_FAILED",
    "PAYMENT_NOT_QUALIFIED",
    "INVALID_CONTRACT",
    "PROCESS_FAIL",
    "SYSTEM_ERROR",
    "REPEAT_REQ_INCONSISTENT",
    "ORDER_IS_CLOSED",
    "ORDER_IS_CANCELED",
    "ORDER_IS_CANCELLED",
    "ORDER_NOT_EXIST",
  ],
};

const STATUSES = ["S", "U", "F"] as const;

describe("simulator: result codes of what follows an authorization", () => {
  let scene: Scene;
  beforeEach(async () => {
    scene = await openScene();
  });
  afterEach(() => scene.close());

  for (const [operation, documented] of Object.entries(DOCUMENTED)) {
    it(`${operation} answers every documented code with its status when it is told to`, async () => {
      const url = `${scene.simulator.credentials.gateway}/simulator/faults`;
      for (const status of STATUSES) {
        for (const resultCode of new Set([...documented[status], ...GENERIC[status]])) {
          const fault = { operation, fault: "result", resultCode };
          const headers = { "content-type": "application/json" };
          expect((await visit(url, { method: "POST", headers, body: JSON.stringify(fault) })).status).to.equal(201);
          const answer = await scene.call(operation, {});
          expect(answer, resultCode).to.include({ code: resultCode, resultStatus: status, isSigned: true });
        }
      }
    });
  }

  it("does nothing when it is told what to answer", async () => {
    const paymentId = await scene.authorize({ paymentFactor: { isAuthorization: true, captureMode: "MANUAL" } });
    const refusal: FaultRequest = { operation: "capture", fault: "result", resultCode: "USER_BALANCE_NOT_ENOUGH" };
    scene.simulator.addFault(refusal);
    const body = { captureRequestId: "CAP_1", paymentId, captureAmount: { currency: "EUR", value: "1999" } };
    expect((await scene.call("capture", body)).code).to.equal("USER_BALANCE_NOT_ENOUGH");
    expect(scene.simulator.ledger().captures).to.be.empty;
    expect((await scene.call("capture", body)).code).to.equal("SUCCESS");
  });

  it("offers every code it knows on the page", async () => {
    const { text } = await visit(`${scene.simulator.credentials.gateway}/simulator`);
    for (const code of Object.keys(RESULTS)) expect(text).to.include(`<option value="${code}">`);
  });

  it("gives every code a status and a message that Antom could have sent", () => {
    for (const [code, [status, message]] of Object.entries(RESULTS)) {
      expect(STATUSES, code).to.include(status);
      expect(message.length, code).to.be.within(1, 256);
    }
  });
});

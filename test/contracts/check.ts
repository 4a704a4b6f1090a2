import { Ajv, type ValidateFunction } from "ajv";
import { OPERATIONS } from "./operations.js";
import { schemaOf } from "./shape.js";

const ajv = new Ajv({ allErrors: true, allowUnionTypes: true });

const VALIDATORS: ReadonlyMap<string, ValidateFunction> = new Map(
  Object.entries(OPERATIONS).map(([operation, shape]) => [operation, ajv.compile(schemaOf(shape))]),
);

/** What the contract says beyond single members. */
function* mutual(operation: string, body: Readonly<Record<string, unknown>>): Generator<string> {
  if (operation === "inquiryPayment" || operation === "cancel") {
    if (body["paymentId"] === undefined && body["paymentRequestId"] === undefined) yield "names no payment";
  }
  if (operation !== "pay") return;
  const plan = membersOf(body["creditPayPlan"]);
  if (plan["feePercentage"] !== undefined && plan["creditPayFeeType"] === undefined) yield "has a share of no kind";
  const isPlanned = plan["installmentNum"] !== undefined || plan["filteredInstallmentPeriods"] !== undefined;
  if (body["creditPayPlan"] !== undefined && !isPlanned) yield "has a plan of no instalments";
  for (const item of listOf(membersOf(body["order"])["goods"]).map(membersOf)) {
    if (item["referenceGoodsId"] === undefined && item["priceId"] === undefined) yield "has goods without an id";
  }
  const method = membersOf(body["paymentMethod"]);
  const metaData = membersOf(method["paymentMethodMetaData"]);
  if (metaData["cardNo"] !== undefined && method["paymentMethodId"] !== undefined) yield "has a card and a token";
  if (metaData["recurringType"] !== undefined && metaData["networkTransactionId"] === undefined) {
    yield "charges without the buyer and without networkTransactionId";
  }
  if (membersOf(body["env"])["terminalType"] === "MINI_APP" && body["appId"] === undefined) yield "names no mini app";
  if (metaData["mpiData"] !== undefined && metaData["is3DSAuthentication"] === true) yield "authenticates twice";
  if (metaData["mpiData"] !== undefined && metaData["cardNo"] === undefined) yield "has mpiData without a card";
  if (metaData["tokenize"] !== undefined && metaData["cardNo"] === undefined) yield "tokenizes without a card";
  if (metaData["tokenizeMode"] !== undefined && metaData["cardNo"] !== undefined)
    yield "asks on a page that is not shown";
}

const membersOf = (value: unknown): Readonly<Record<string, unknown>> =>
  typeof value === "object" && value !== null ? { ...value } : {};

const listOf = (value: unknown): readonly unknown[] => (Array.isArray(value) ? value : []);

/** What is wrong with a request by the contract; empty when it is right. */
export function problemsWith(operation: string, body: unknown): string[] {
  const validate = VALIDATORS.get(operation);
  if (validate === undefined) return [`the contract knows no operation ${operation}`];
  if (!validate(body)) {
    return (validate.errors ?? []).map(
      ({ instancePath, message, params }) => `${operation}${instancePath} ${message ?? ""} ${JSON.stringify(params)}`,
    );
  }
  return [...mutual(operation, membersOf(body))].map((message) => `${operation} ${message}`);
}

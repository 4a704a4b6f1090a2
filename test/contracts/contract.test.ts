import { expect } from "chai";
import { sample } from "../gateway/sample.js";
import { problemsWith } from "./check.js";
import { OPERATIONS } from "./operations.js";
import { membersOf } from "./shape.js";

type Json = Record<string, unknown>;
const inner = (body: Json, name: string): Json => body[name] as Json;

describe("the contract of Antom's API", () => {
  it("takes every request of the documents for right", () => {
    for (const name of ["server-to-server", "hosted", "korean"]) {
      expect(problemsWith("pay", sample(`pay-request.${name}`)), name).to.deep.equal([]);
    }
  });

  it("says of every member where it was seen, other than in the kit", () => {
    const members = Object.values(OPERATIONS).flatMap((shape) => [...membersOf(shape)]);
    expect(members.length).to.be.greaterThan(100);
    for (const { path, member } of members) {
      expect(member.seen, path).not.to.deep.equal([]);
      for (const source of member.seen) {
        expect(source, path).to.match(/^(samples? of document|API pages \(|SDK \(|plugin \()/);
      }
    }
  });

  it("has every member of the documents' requests, and says so", () => {
    const sampled = [...membersOf(OPERATIONS.pay)].filter(({ member }) =>
      member.seen.some((source) => source.startsWith("sample")),
    );
    const paths = new Set(sampled.map(({ path }) => path));
    const walk = (value: unknown, path: string): void => {
      if (Array.isArray(value)) for (const item of value) walk(item, path);
      else if (typeof value === "object" && value !== null) {
        for (const [name, below] of Object.entries(value)) {
          expect([...paths], `${path}/${name}`).to.include(`${path}/${name}`);
          walk(below, `${path}/${name}`);
        }
      }
    };
    for (const name of ["server-to-server", "hosted", "korean"]) walk(sample(`pay-request.${name}`), "");
  });

  /** Each is one mistake in the documents' server-to-server sample. */
  const MISTAKES: readonly (readonly [what: string, make: (body: Json) => void])[] = [
    ["an invented member", (body) => (body["orderId"] = "1")],
    ["the misspelling of the documents' prose", (body) => (metaData(body)["enableAuthenticationUpgrate"] = true)],
    ["the misspelling of the documents' results", (body) => (metaData(body)["mpiData"] = { caav: "x" })],
    ["a flag as text", (body) => (metaData(body)["is3DSAuthentication"] = "false")],
    ["a number as text", (body) => (inner(body, "env")["colorDepth"] = "48")],
    ["an amount as a number", (body) => (inner(body, "paymentAmount")["value"] = 30000)],
    ["an amount with decimals", (body) => (inner(body, "paymentAmount")["value"] = "300.00")],
    ["a currency in small letters", (body) => (inner(body, "paymentAmount")["currency"] = "eur")],
    ["an unknown brand", (body) => (metaData(body)["selectedCardBrand"] = "Visa")],
    ["an unknown kind of recurrence", (body) => (metaData(body)["recurringType"] = "MONTHLY")],
    ["a year of four digits", (body) => (metaData(body)["expiryYear"] = "2029")],
    ["a number with blanks", (body) => (metaData(body)["cardNo"] = "4117 3478 0615 6383")],
    ["a time with milliseconds", (body) => (body["paymentExpiryTime"] = "2026-01-01T00:00:00.000Z")],
    ["a name without its last part", (body) => (metaData(body)["cardholderName"] = { firstName: "Tom" })],
    ["too long an id", (body) => (body["paymentRequestId"] = "P".repeat(65))],
    ["no id", (body) => delete body["paymentRequestId"]],
    ["goods without an id", (body) => (inner(body, "order")["goods"] = [{ goodsName: "Mug" }])],
    ["a plan of no instalments", (body) => (body["creditPayPlan"] = { interval: "MONTH" })],
    ["no environment", (body) => delete body["env"]],
    ["an empty object", (body) => (body["settlementStrategy"] = {})],
    ["no authorization", (body) => (body["paymentFactor"] = { isAuthorization: false })],
    ["a time zone of another planet", (body) => (inner(body, "env")["timeZoneOffset"] = 841)],
    ["a mini app without its id", (body) => (inner(body, "env")["terminalType"] = "MINI_APP")],
    ["a card and a token", (body) => (inner(body, "paymentMethod")["paymentMethodId"] = "ALIPAYtoken==")],
  ];
  const metaData = (body: Json): Json => inner(inner(body, "paymentMethod"), "paymentMethodMetaData");

  for (const [what, make] of MISTAKES) {
    it(`finds ${what}`, () => {
      const body = structuredClone(sample("pay-request.server-to-server"));
      make(body);
      expect(problemsWith("pay", body)).not.to.deep.equal([]);
    });
  }

  it("finds an inquiry or a cancellation that names no payment, and an operation nobody knows", () => {
    for (const operation of ["inquiryPayment", "cancel", "void"]) {
      expect(problemsWith(operation, { merchantAccountId: "1" }), operation).not.to.deep.equal([]);
    }
    expect(problemsWith("cancel", { paymentRequestId: "PAY1" })).to.deep.equal([]);
  });
});

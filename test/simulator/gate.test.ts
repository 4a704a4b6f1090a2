import { expect } from "chai";
import { sign } from "../../lib/gateway/signature.js";
import { privateKey } from "../../lib/gateway/keys.js";
import { call, payBody, type CallOptions } from "./support/merchant.js";
import { openScene, type Scene } from "./support/scene.js";

describe("simulator: the door of the API", () => {
  let scene: Scene;
  before(async () => {
    scene = await openScene();
  });
  after(() => scene.close());

  const refused = async (options: CallOptions, operation = "pay") =>
    call(scene.simulator, operation, payBody(), options);

  it("answers a right request signed, with Antom's headers", async () => {
    const answer = await refused({});
    expect(answer).to.include({ status: 200, code: "PAYMENT_IN_PROCESS", resultStatus: "U", isSigned: true });
    expect(answer.headers.get("content-type")).to.equal("application/json; charset=UTF-8");
    expect(answer.headers.get("client-id")).to.equal(scene.simulator.credentials.clientId);
    expect(answer.headers.get("response-time")).to.match(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d[+-]\d\d:\d\d$/);
  });

  it("takes live paths as well as sandbox paths", async () => {
    const answer = await refused({ path: "/ams/api/v1/payments/pay" });
    expect(answer).to.include({ code: "PAYMENT_IN_PROCESS", isSigned: true });
  });

  it("takes a Request-Time in ISO 8601 as well as in milliseconds", async () => {
    const answer = await refused({ headers: { "Request-Time": "2026-01-15T20:00:00+08:00" } });
    expect(answer.code).to.equal("PAYMENT_IN_PROCESS");
  });

  it("takes a signature header with spaces, as the documents print it", async () => {
    const { clientId, privateKey: key } = scene.simulator.credentials;
    const path = "/ams/sandbox/api/v1/payments/pay";
    const body = JSON.stringify(payBody());
    const signature = await sign({ path, clientId, time: "1767182400000", body }, privateKey(key), "1");
    const answer = await refused({ headers: { Signature: signature.replaceAll(",", ", ") } });
    expect(answer.code).to.equal("PAYMENT_IN_PROCESS");
  });

  const refusals: readonly [string, CallOptions, string, boolean][] = [
    ["a body other than the signed one", { signedBody: "{}" }, "INVALID_SIGNATURE", false],
    ["no signature", { headers: { Signature: undefined } }, "INVALID_SIGNATURE", false],
    ["no time", { headers: { "Request-Time": undefined } }, "INVALID_SIGNATURE", false],
    ["something that is no signature", { headers: { Signature: "RSA256" } }, "INVALID_SIGNATURE", false],
    ["another client", { headers: { "Client-Id": "SANDBOX_SOMEBODY" } }, "CLIENT_INVALID", false],
    ["no client", { headers: { "Client-Id": undefined } }, "CLIENT_INVALID", false],
    ["a key version nobody registered", { keyVersion: "7" }, "KEY_NOT_FOUND", false],
    ["an unknown operation", { path: "/ams/sandbox/api/v1/payments/payy" }, "INVALID_API", true],
    ["an unknown version", { path: "/ams/sandbox/api/v2/payments/pay" }, "INVALID_API", true],
    ["text", { headers: { "Content-Type": "text/plain" } }, "MEDIA_TYPE_NOT_ACCEPTABLE", true],
    [
      "another charset",
      { headers: { "Content-Type": "application/json; charset=gbk" } },
      "MEDIA_TYPE_NOT_ACCEPTABLE",
      true,
    ],
    ["a signed time that is none", { headers: { "Request-Time": "noon" } }, "PARAM_ILLEGAL", true],
    ["something that is not JSON", { raw: "{" }, "PARAM_ILLEGAL", true],
    ["JSON that is not an object", { raw: "[]" }, "PARAM_ILLEGAL", true],
    ["a body of more than a megabyte", { raw: JSON.stringify({ a: "x".repeat(1024 * 1024) }) }, "PARAM_ILLEGAL", false],
    ["another method", { method: "PUT" }, "METHOD_NOT_SUPPORTED", true],
    ["a GET", { method: "GET" }, "METHOD_NOT_SUPPORTED", false],
  ];
  for (const [what, options, code, isSigned] of refusals) {
    it(`refuses ${what} with ${code}${isSigned ? "" : ", unsigned"}`, async () => {
      const answer = await refused(options);
      expect(answer).to.include({ status: 200, code, resultStatus: "F", isSigned });
      expect(answer.headers.has("signature")).to.equal(isSigned);
    });
  }

  it("refuses a sandbox path signed as the live one", async () => {
    const { clientId, privateKey: key } = scene.simulator.credentials;
    const body = JSON.stringify(payBody());
    const signature = await sign(
      { path: "/ams/api/v1/payments/pay", clientId, time: "1767182400000", body },
      privateKey(key),
      "1",
    );
    expect((await refused({ headers: { Signature: signature } })).code).to.equal("INVALID_SIGNATURE");
  });
});

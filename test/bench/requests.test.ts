import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect } from "chai";
import { AnswerReader } from "../../bench/processes/answer-reader.js";
import { newIdentity, NOTIFY_PATH } from "../../bench/run/keys.js";
import { writeForged, writeNotifications } from "../../bench/run/notifications.js";
import { paymentId } from "../../bench/run/payment-ids.js";
import { readRecords, writeRecords } from "../../bench/run/records.js";
import { publicKey } from "../../lib/gateway/keys.js";
import { parseSignature, verify } from "../../lib/gateway/signature.js";
import { isPaymentId } from "../../lib/payment/id.js";

describe("bench: requests", () => {
  const identity = newIdentity();
  const key = publicKey(identity.antomPublicKey);
  let folder = "";
  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), "bench-requests-"));
  });
  afterEach(() => {
    rmSync(folder, { recursive: true, force: true });
  });

  /** Whether the request is signed by Antom; and the payment it is about. */
  const looked = (request: Buffer) => {
    const [head = "", body = ""] = request.toString("utf8").split("\r\n\r\n");
    const field = (name: string): string => new RegExp(`^${name}: (.*)$`, "m").exec(head)?.[1]?.trim() ?? "";
    const { signature } = parseSignature(field("signature")) ?? { signature: Buffer.alloc(0) };
    const message = { path: NOTIFY_PATH, clientId: identity.clientId, time: field("request-time"), body };
    const { paymentRequestId } = JSON.parse(body) as { paymentRequestId: string };
    return {
      isSigned: verify(message, signature, key),
      length: Number(field("content-length")),
      body,
      paymentRequestId,
    };
  };

  it("are notifications that Antom's key has signed, each about another payment", async () => {
    const records = await writeNotifications(join(folder, "genuine"), 70, identity);
    const requests = readRecords(records, 0, 70).map(looked);
    expect(requests.every(({ isSigned }) => isSigned)).to.equal(true);
    expect(requests.every(({ length, body }) => length === Buffer.byteLength(body))).to.equal(true);
    expect(new Set(requests.map(({ paymentRequestId }) => paymentRequestId)).size).to.equal(70);
    expect(requests[69]?.paymentRequestId).to.equal(paymentId(69));
    expect(isPaymentId(paymentId(69))).to.equal(true);
  });

  it("are forged ones with a signature that is Antom's, of something else", async () => {
    const [forged] = readRecords(await writeForged(join(folder, "forged"), 1, identity), 0, 1);
    expect(forged && looked(forged).isSigned).to.equal(false);
  });

  it("come out of a file as they went in, from any place in it", async () => {
    const texts = ["a", "bb", "ccc", "dddd"];
    const make = (number: number): Buffer => Buffer.from(texts[number] ?? "");
    const records = await writeRecords(join(folder, "texts"), texts.length, 16, make, 3);
    expect(readRecords(records, 1, 3).map(String)).to.deep.equal(["bb", "ccc", "dddd"]);
    expect(() => readRecords(records, 3, 2)).to.throw("not so many");
  });

  it("are refused where one is too long for its place", async () => {
    const error = await writeRecords(join(folder, "long"), 1, 8, () => Buffer.alloc(5)).then(
      () => undefined,
      (thrown: unknown) => String(thrown),
    );
    expect(error).to.include("too long");
  });
});

describe("bench: answers", () => {
  const take = (...chunks: readonly string[]): number[] => {
    const reader = new AnswerReader();
    return chunks.map((chunk) => reader.take(Buffer.from(chunk)));
  };

  it("are whole when their length has come, however they are cut", () => {
    expect(take("HTTP/1.1 200 OK\r\nContent-Length: 4\r\n\r\nabcd")).to.deep.equal([200]);
    expect(take("HTTP/1.1 40", "1 No\r\ncontent-length: 4\r\n\r\nab", "cd")).to.deep.equal([0, 0, 401]);
    expect(take("HTTP/1.1 303 See Other\r\nLocation: /\r\n\r\n")).to.deep.equal([303]);
  });

  it("are whole at their last chunk where they have no length", () => {
    const head = "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n";
    expect(take(`${head}3\r\nabc\r\n`, "0\r\n\r\n")).to.deep.equal([0, 200]);
  });

  it("follow one another on a connection, but never before they are asked for", () => {
    const answer = "HTTP/1.1 200 OK\r\nContent-Length: 1\r\n\r\na";
    expect(take(answer, answer)).to.deep.equal([200, 200]);
    expect(() => take(answer + answer)).to.throw("more came");
  });
});

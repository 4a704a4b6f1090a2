import { createVerify } from "node:crypto";
import { expect } from "chai";
import { createGateway, type Gateway } from "../../lib/gateway/gateway.js";
import { createKeyRing } from "../../lib/gateway/key-ring.js";
import type { Outcome } from "../../lib/gateway/outcome.js";
import { createTransport, TransportError, type Transport } from "../../lib/gateway/transport.js";
import { manualClock } from "../../lib/testing/manual-clock.js";
import { OTHER_PAIR, PAIR, privatePem, bare, publicPem } from "./key-pairs.js";
import { CLIENT_ID, startSigningServer, type Reply, type SigningServer } from "./signing-server.js";

const ID = "PAY0123456789ABCDEFGHJKMNPQRS";
const NOW = Date.UTC(2026, 0, 1, 12);
const SUCCESS = { result: { resultStatus: "S", resultCode: "SUCCESS", resultMessage: "success." } };

describe("createGateway", () => {
  let server: SigningServer;
  const transport = createTransport();
  const log: string[] = [];
  const write = (fields: object, message: string): void => {
    log.push(JSON.stringify({ ...fields, message }));
  };
  const make = (
    more: {
      origin?: string;
      clientId?: string;
      agentToken?: string;
      merchantAccountId?: string;
      transport?: Transport;
    } = {},
  ): Gateway =>
    createGateway({
      clientId: CLIENT_ID,
      privateKey: PAIR.privateKey,
      keyVersion: "3",
      keyRing: createKeyRing(publicPem(OTHER_PAIR.publicKey)),
      origin: server.origin,
      timeout: 2000,
      transport,
      clock: manualClock(NOW),
      logger: { debug: write, info: write, warn: write, error: write },
      ...more,
    });

  before(async () => {
    server = await startSigningServer();
  });
  beforeEach(() => {
    log.length = 0;
  });
  after(async () => {
    transport.close();
    await server.stop();
  });

  const inquire = (reply: Reply): Promise<Outcome<unknown>> => {
    server.reply(reply);
    return make().inquire(ID);
  };
  const answering = (body: unknown, more: Partial<Reply> = {}): Promise<Outcome<unknown>> =>
    inquire({ body: typeof body === "string" || Buffer.isBuffer(body) ? body : JSON.stringify(body), ...more });

  const last = () => server.received[server.received.length - 1]!;

  describe("what it sends", () => {
    it("is signed exactly as it stands on the wire, also what is not ASCII", async () => {
      server.reply({ body: JSON.stringify(SUCCESS) });
      const request = {
        paymentRequestId: ID,
        order: { buyer: { buyerName: { fullName: "李小明 김철수 Zoë 🙂\u2028" } } },
      };
      await make().pay(request);
      const { path, headers, body } = last();
      expect(body.toString("utf8")).to.equal(JSON.stringify(request));
      expect(path).to.equal("/ams/api/v1/payments/pay");
      expect(headers).to.include({
        "content-type": "application/json; charset=UTF-8",
        "client-id": CLIENT_ID,
        "request-time": String(NOW),
        "content-length": String(body.length),
      });
      const header = /^algorithm=RSA256,keyVersion=3,signature=(.+)$/.exec(String(headers["signature"]));
      const signature = Buffer.from(decodeURIComponent(header?.[1] ?? ""), "base64");
      const verifier = createVerify("RSA-SHA256").update(`POST ${path}\n${CLIENT_ID}.${NOW}.`).update(body);
      expect(verifier.verify(PAIR.publicKey, signature)).to.be.true;
    });

    it("names the payment of an inquiry and of a cancel, and nothing else", async () => {
      server.reply({ body: JSON.stringify(SUCCESS) });
      for (const operation of ["inquire", "cancel"] as const) {
        await make()[operation](ID);
        expect(last().path).to.equal(`/ams/api/v1/payments/${operation === "inquire" ? "inquiryPayment" : "cancel"}`);
        expect(JSON.parse(last().body.toString())).to.deep.equal({ paymentRequestId: ID });
      }
    });

    it("is the body of a capture, a refund and an increase as it stands, and the id of a refund that is asked about", async () => {
      server.reply({ body: JSON.stringify(SUCCESS) });
      const sent = async (operation: string, call: Promise<unknown>, body: unknown): Promise<void> => {
        await call;
        expect(last().path).to.equal(`/ams/api/v1/payments/${operation}`);
        expect(JSON.parse(last().body.toString())).to.deep.equal(body);
      };
      for (const operation of ["capture", "refund", "updateAmount"] as const) {
        const body = { paymentId: "P1", note: operation };
        await sent(operation, make()[operation](body), body);
      }
      await sent("inquiryRefund", make().inquireRefund(`${ID}R1`), { refundRequestId: `${ID}R1` });
    });

    it("goes to the sandbox's path for a sandbox client", async () => {
      await make({ clientId: "SANDBOX_5X" }).inquire(ID);
      expect(last().path).to.equal("/ams/sandbox/api/v1/payments/inquiryPayment");
    });

    it("names the merchant's location where one is configured, with the calls that take it", async () => {
      server.reply({ body: JSON.stringify(SUCCESS) });
      const gateway = make({ merchantAccountId: "BRANCH-7" });
      const sentWith = async (call: () => Promise<unknown>): Promise<unknown> => {
        await call();
        return JSON.parse(last().body.toString("utf8"));
      };
      expect(await sentWith(() => gateway.inquire(ID))).to.deep.equal({
        paymentRequestId: ID,
        merchantAccountId: "BRANCH-7",
      });
      expect(await sentWith(() => gateway.cancel(ID))).to.deep.equal({
        paymentRequestId: ID,
        merchantAccountId: "BRANCH-7",
      });
      expect(await sentWith(() => gateway.inquireRefund(`${ID}R1`))).to.deep.equal({
        refundRequestId: `${ID}R1`,
        merchantAccountId: "BRANCH-7",
      });
      expect(await sentWith(() => gateway.capture({ captureRequestId: `${ID}C1` }))).to.deep.equal({
        captureRequestId: `${ID}C1`,
      });
      expect(await sentWith(() => gateway.refund({ refundRequestId: `${ID}R1` }))).to.deep.equal({
        refundRequestId: `${ID}R1`,
      });
    });

    it("bears an agent token only when there is one", async () => {
      await make().inquire(ID);
      expect(last().headers).not.to.have.property("agent-token");
      await make({ agentToken: "for-a-merchant" }).inquire(ID);
      expect(last().headers["agent-token"]).to.equal("for-a-merchant");
    });
  });

  describe("what it believes", () => {
    it("is an answer that Antom signed for this call", async () => {
      const outcome = await answering({ ...SUCCESS, paymentStatus: "SUCCESS", paymentRequestId: ID });
      expect(outcome).to.deep.include({ kind: "answered", result: SUCCESS.result });
      expect(outcome.kind === "answered" && outcome.body).to.include({ paymentStatus: "SUCCESS" });
    });

    it("tells Antom's own time, where that can be read", async () => {
      const time = Date.UTC(2025, 11, 31, 16);
      expect(await answering(SUCCESS)).to.include({ kind: "answered", toldAt: time });
      const unreadable = "some time ago";
      const outcome = await answering(SUCCESS, {
        signed: { time: unreadable },
        headers: { "response-time": unreadable },
      });
      expect(outcome).to.include({ kind: "answered" }).and.not.have.property("toldAt");
    });

    it("may bear fields nobody has heard of", async () => {
      const outcome = await answering({ ...SUCCESS, somethingNew: { deep: [1, { er: true }] }, constructor: "x" });
      expect(outcome.kind).to.equal("answered");
    });

    it("may write an amount's value as a number", async () => {
      const outcome = await answering({ ...SUCCESS, paymentAmount: { currency: "EUR", value: 1999 } });
      expect(outcome.kind).to.equal("answered");
    });

    it("may leave the client id and the payment's id out, for what is signed covers them", async () => {
      expect((await answering(SUCCESS, { headers: { "client-id": undefined } })).kind).to.equal("answered");
      expect((await answering({ ...SUCCESS, paymentRequestId: "" })).kind).to.equal("answered");
    });

    it("may repeat a key: the last one counts, as for every JSON parser of node", async () => {
      const outcome = await answering('{"result":{"resultStatus":"F","resultCode":"A","resultStatus":"S"}}');
      expect(outcome).to.deep.include({ result: { resultStatus: "S", resultCode: "A" } });
    });
  });

  describe("what it does not believe", () => {
    const body = JSON.stringify({ ...SUCCESS, paymentStatus: "SUCCESS", paymentRequestId: ID });
    const cases: Readonly<Record<string, readonly [reason: string, reply: Reply]>> = {
      "an answer signed with another key": ["signature_invalid", { body, key: PAIR.privateKey }],
      "a signature over another body": ["signature_invalid", { body, signed: { body: `${body} ` } }],
      "a signature for another path": ["signature_invalid", { body, signed: { path: "/ams/api/v1/payments/pay" } }],
      "a signature for another time": ["signature_invalid", { body, signed: { time: "2026-01-01T00:00:01+08:00" } }],
      "a signature for another client": ["signature_invalid", { body, signed: { clientId: "5X0002" } }],
      "an answer to another client, well signed": [
        "signature_invalid",
        { body, signed: { clientId: "5X0002" }, headers: { "client-id": "5X0002" } },
      ],
      "an answer that says it is for another client": [
        "signature_invalid",
        { body, headers: { "client-id": "5X0002" } },
      ],
      "an answer with two client ids": ["signature_invalid", { body, headers: { "client-id": [CLIENT_ID, "5X0002"] } }],
      "an answer without a signature": ["unsigned", { body, headers: { signature: undefined } }],
      "an answer without a time": ["unsigned", { body, headers: { "response-time": undefined } }],
      "an empty signature": ["signature_invalid", { body, headers: { signature: "" } }],
      "a signature of nothing": ["signature_invalid", { body, headers: { signature: "signature=" } }],
      "two signatures": ["signature_invalid", { body, headers: { signature: ["signature=a", "signature=b"] } }],
      "a status that is not 200": ["http_status", { body, status: 500 }],
      "a redirect": ["http_status", { body, status: 307, headers: { location: "https://elsewhere.example/" } }],
      "no body": ["not_json", { body: "" }],
      "a page": ["not_json", { body: "<html>Service unavailable</html>" }],
      "half of a body": ["not_json", { body: body.slice(0, -10) }],
      "a body with a byte order mark": ["not_json", { body: `\ufeff${body}` }],
      "a body in UTF-16": ["not_json", { body: Buffer.from(body, "utf16le") }],
      "a body that is not UTF-8": ["not_json", { body: Buffer.from(`{"result":"\xff\xfe"}`, "latin1") }],
      "nesting 10 000 deep": ["not_json", { body: "[".repeat(10_000) + "]".repeat(10_000) }],
      "nesting 10 000 deep in an unknown field": [
        "not_json",
        { body: `{"result":${JSON.stringify(SUCCESS.result)},"x":${"[".repeat(10_000)}${"]".repeat(10_000)}}` },
      ],
      "JSON that is no object": ["not_understood", { body: "[]" }],
      "JSON null": ["not_understood", { body: "null" }],
      "an answer without a result": ["not_understood", { body: "{}" }],
      "a result status nobody knows": [
        "not_understood",
        { body: '{"result":{"resultStatus":"A","resultCode":"ACCEPT"}}' },
      ],
      "a result without a code": ["not_understood", { body: '{"result":{"resultStatus":"S"}}' }],
      "a result of a member of every object": ["not_understood", { body: '{"__proto__":{"result":{}}}' }],
      "an amount of 1e400": [
        "not_understood",
        { body: `{"result":${JSON.stringify(SUCCESS.result)},"paymentAmount":{"currency":"EUR","value":1e400}}` },
      ],
      "an answer about another payment": [
        "other_payment",
        { body: JSON.stringify({ ...SUCCESS, paymentStatus: "SUCCESS", paymentRequestId: `${ID.slice(0, -1)}T` }) },
      ],
    };
    for (const [what, [reason, reply]] of Object.entries(cases)) {
      it(`is ${what}`, async () => {
        const outcome = await inquire(reply);
        expect(outcome).to.include({ kind: "unanswered", reason });
        expect(log.join("\n")).to.contain(`"reason":"${reason}"`);
      });
    }

    for (const value of [
      "-1",
      "1.5",
      "1e3",
      "0100",
      " 100",
      "٣",
      "",
      "1".repeat(17),
      -1,
      1.5,
      9007199254740992,
      null,
    ]) {
      it(`is an amount of ${JSON.stringify(value)}`, async () => {
        const outcome = await answering({ ...SUCCESS, paymentAmount: { currency: "EUR", value } });
        expect(outcome).to.include({ kind: "unanswered", reason: "not_understood" });
      });
    }

    it("is an unsigned refusal, whose code is told to whoever reads the log and to nobody else", async () => {
      const refusal = '{"result":{"resultStatus":"F","resultCode":"INVALID_SIGNATURE","resultMessage":"<b>no</b>"}}';
      const outcome = await inquire({ body: refusal, headers: { signature: undefined } });
      expect(outcome).to.have.all.keys("kind", "reason", "detail");
      expect(outcome).to.include({ kind: "unanswered", reason: "unsigned" });
      expect(log.join("\n")).to.contain("says INVALID_SIGNATURE; upload the public half of privateKey");
      expect(log.join("\n")).not.to.contain("<b>");
    });

    for (const [resultCode, hint] of [
      ["CLIENT_INVALID", "; clientId is not the one the dashboard shows"],
      ["KEY_NOT_FOUND", "; the dashboard of this client id has no key of this keyVersion"],
      ["CONSTRUCTOR", '"'],
    ] as const) {
      it(`is an unsigned refusal, of which the log says what ${resultCode} means, if it is known`, async () => {
        const refusal = JSON.stringify({ result: { resultStatus: "F", resultCode, resultMessage: "no" } });
        await inquire({ body: refusal, headers: { signature: undefined } });
        expect(log.join("\n")).to.contain(`says ${resultCode}${hint}`);
      });
    }

    it("is an answer cut at the most it may be", async () => {
      const outcome = await inquire({ body: JSON.stringify({ ...SUCCESS, padding: "x".repeat(1024 * 1024) }) });
      expect(outcome).to.include({ kind: "unanswered", reason: "too_large" });
    });
  });

  describe("what it believes of an operation", () => {
    const request = { captureRequestId: `${ID}C1`, paymentId: "P1", captureAmount: { currency: "EUR", value: "1999" } };
    const capture = (more: object): Promise<Outcome<unknown>> => {
      server.reply({ body: JSON.stringify({ ...SUCCESS, ...more }) });
      return make().capture(request);
    };

    it("is an answer that repeats what was sent, or leaves it out, whatever other ids it has", async () => {
      for (const more of [
        { captureRequestId: `${ID}C1`, paymentId: "P1", captureId: "C1" },
        { captureRequestId: "", paymentId: null },
        { paymentRequestId: ID },
        {},
      ]) {
        expect((await capture(more)).kind, JSON.stringify(more)).to.equal("answered");
      }
    });

    it("is no answer about another payment", async () => {
      expect(await capture({ paymentId: "P2" })).to.include({ kind: "unanswered", reason: "other_payment" });
    });

    it("is no answer about another operation", async () => {
      for (const captureRequestId of [`${ID}C2`, `${ID}c1`]) {
        expect(await capture({ captureRequestId })).to.include({ kind: "unanswered", reason: "other_operation" });
      }
      server.reply({ body: JSON.stringify({ ...SUCCESS, refundStatus: "SUCCESS", refundRequestId: `${ID}R2` }) });
      expect(await make().inquireRefund(`${ID}R1`)).to.include({ kind: "unanswered", reason: "other_operation" });
    });

    it("is logged with the operation's id, so that it can be found", async () => {
      await capture({});
      await capture({ captureRequestId: `${ID}C2` });
      const about = { operation: "capture", paymentId: "P1", requestId: `${ID}C1` };
      const lines = log.map((line) => JSON.parse(line) as object);
      expect(lines).to.have.length(2);
      expect(lines[0]).to.include({ event: "gateway.answered", status: "S", code: "SUCCESS", ...about });
      expect(lines[1]).to.include({ event: "gateway.unanswered", reason: "other_operation", ...about });
    });
  });

  describe("whatever happens", () => {
    const failing: Readonly<Record<string, readonly [reason: string, transport: Transport]>> = {
      "a transport that fails": ["reset", () => Promise.reject(new TransportError("reset", "reset"))],
      "a transport that fails in its own way": ["network", () => Promise.reject(new Error("odd"))],
      "a transport that rejects with no error": [
        "network",
        // eslint-disable-next-line @typescript-eslint/prefer-promise-reject-errors
        () => Promise.reject("odd"),
      ],
      "a transport that throws": [
        "network",
        () => {
          throw new Error("odd");
        },
      ],
    };
    for (const [what, [reason, transport]] of Object.entries(failing)) {
      it(`resolves in spite of ${what}`, async () => {
        const gateway = make({ transport });
        for (const outcome of [
          await gateway.pay({}),
          await gateway.inquire(ID),
          await gateway.cancel(ID),
          await gateway.capture({}),
          await gateway.refund({}),
          await gateway.inquireRefund(ID),
          await gateway.updateAmount({}),
        ]) {
          expect(outcome).to.include({ kind: "unanswered", reason });
        }
      });
    }

    it("resolves in spite of a request that is no JSON", async () => {
      expect(await make().pay({ amount: 1n })).to.include({ kind: "unanswered", reason: "network" });
    });

    it("resolves when nobody is there", async () => {
      const gateway = make({ origin: "http://127.0.0.1:9" });
      expect(await gateway.cancel(ID)).to.include({ kind: "unanswered", reason: "refused" });
    });

    it("logs neither a key nor a signature nor who buys what", async () => {
      server.reply({ body: JSON.stringify(SUCCESS) });
      await make().pay({ paymentRequestId: ID, order: { buyer: { buyerEmail: "li@example.com" } } });
      await answering(SUCCESS, { key: PAIR.privateKey });
      await answering(SUCCESS, { headers: { signature: undefined } });
      const written = log.join("\n");
      expect(log.length).to.be.greaterThan(2);
      expect(written).not.to.contain("li@example.com");
      expect(written).not.to.match(/[A-Za-z0-9+/%]{80}/);
      for (const key of [privatePem(PAIR.privateKey), publicPem(OTHER_PAIR.publicKey)]) {
        expect(written).not.to.contain(bare(key).slice(40, 80));
      }
      for (const { headers } of server.received) {
        const signature = String(headers["signature"]).slice(-60);
        expect(written).not.to.contain(signature);
      }
    });
  });
});

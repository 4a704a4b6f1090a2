import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { expect } from "chai";
import express, { type RequestHandler } from "express";
import { startBackOffice, type BackOffice } from "./back-office.js";
import { heardFrom, rawSocket } from "./raw.js";

describe("a command without a body", () => {
  let office: BackOffice;
  let id: string;

  before(async () => {
    office = await startBackOffice();
    ({ id } = await office.pay());
  });
  after(() => office.stop());

  /** Sends just these headers, and no length: what `curl -X POST` sends. */
  const post = async (action: string, headers: readonly string[], origin = office.origin): Promise<string> => {
    const socket = rawSocket(origin);
    const { host } = new URL(origin);
    const lines = [`POST /admin/payments/${id}/${action} HTTP/1.1`, `Host: ${host}`, "Connection: close", ...headers];
    socket.write(`${lines.join("\r\n")}\r\n\r\n`);
    return (await heardFrom(socket)).text;
  };

  it("is carried out, with neither Content-Length nor Transfer-Encoding", async () => {
    for (const action of ["inquire", "review"]) {
      const answer = await post(action, ["x-staff: anna"]);
      expect(answer, action)
        .to.match(/^HTTP\/1\.1 200 /)
        .and.contain(`"id":"${id}"`);
    }
    expect(await post("capture", ["x-staff: anna"])).to.match(/^HTTP\/1\.1 200 /);
    expect((await office.antom.payments.get(id)).capturedAmount).to.equal("1999");
  });

  it("opens no door: not to strangers, not to who may look only, not to other sites' pages", async () => {
    expect(await post("inquire", [])).to.match(/^HTTP\/1\.1 403 /);
    expect(await post("inquire", ["x-staff: lena"])).to.match(/^HTTP\/1\.1 403 /);
    const foreign = await post("inquire", ["x-staff: anna", "Origin: https://evil.example"]);
    expect(foreign)
      .to.match(/^HTTP\/1\.1 403 /)
      .and.contain("origin_refused");
  });

  it("is none where a form was sent, however empty: that bears a token", async () => {
    const form = "Content-Type: application/x-www-form-urlencoded";
    for (const length of ["Content-Length: 0\r\n\r\n", "Transfer-Encoding: chunked\r\n\r\n0"]) {
      expect(await post("inquire", ["x-staff: anna", form, length]), length)
        .to.match(/^HTTP\/1\.1 403 /)
        .and.contain("form_stale");
    }
  });

  const chunked = (body: string): string =>
    `Transfer-Encoding: chunked\r\n\r\n${body.length.toString(16)}\r\n${body}\r\n0`;

  it("is none where a body came, in chunks and without a type", async () => {
    ({ id } = await office.pay());
    await office.antom.payments.capture(id, { amount: "1000" });
    for (const action of ["capture", "refund", "void"]) {
      expect(await post(action, ["x-staff: anna", chunked('{"amount":"500"}')]), action)
        .to.match(/^HTTP\/1\.1 415 /)
        .and.contain("content_type_unsupported");
    }
    expect((await office.antom.payments.get(id)).operations).to.have.length(1);
  });

  /** The same back office behind what a server or the shop does to requests before. */
  const behind = async (before: RequestHandler, work: (origin: string) => Promise<void>): Promise<void> => {
    const server = createServer(express().use(before).use("/admin/payments", office.antom.operations));
    await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
    try {
      await work(`http://127.0.0.1:${(server.address() as AddressInfo).port}`);
    } finally {
      server.closeAllConnections();
      server.close();
    }
  };

  it("is told from one with a body over HTTP/2 too, where no header need tell of a body", async () => {
    const asHttp2: RequestHandler = (req, _res, next) => {
      delete req.headers["transfer-encoding"];
      Object.defineProperty(req, "httpVersionMajor", { value: 2 });
      next();
    };
    ({ id } = await office.pay());
    await behind(asHttp2, async (origin) => {
      const typed = (type: string, body: string) => ["x-staff: anna", `Content-Type: ${type}`, chunked(body)];
      const captured = async () => (await office.antom.payments.get(id)).capturedAmount;
      expect(await post("capture", ["x-staff: anna", chunked('{"amount":"500"}')], origin)).to.contain(" 415 ");
      const form = typed("application/x-www-form-urlencoded", "amount=500");
      expect(await post("capture", form, origin))
        .to.contain("form_stale")
        .and.contain("from a script send JSON");
      expect(await captured()).to.equal("0");
      expect(await post("capture", typed("application/json", '{"amount":"500"}'), origin)).to.contain(" 200 ");
      expect(await captured()).to.equal("500");
      expect(await post("capture", ["x-staff: anna"], origin)).to.contain(" 200 ");
      expect(await captured()).to.equal("1999");
      expect(await post("inquire", ["x-staff: anna", "Content-Length: 0"], origin)).to.contain(" 200 ");
    });
  });

  it("is none where a parser of the shop's own has read something", async () => {
    ({ id } = await office.pay());
    let body: unknown;
    const parser: RequestHandler = (req, _res, next) => {
      req.body = body;
      next();
    };
    await behind(parser, async (origin) => {
      for (body of [{ amount: "500" }, '{"amount":"500"}', Buffer.from('{"amount":"500"}')]) {
        expect(await post("capture", ["x-staff: anna"], origin)).to.contain(" 415 ");
      }
      expect((await office.antom.payments.get(id)).operations).to.deep.equal([]);
      for (body of [undefined, null, "", {}, Buffer.alloc(0)]) {
        expect(await post("inquire", ["x-staff: anna"], origin)).to.contain(" 200 ");
      }
    });
  });
});

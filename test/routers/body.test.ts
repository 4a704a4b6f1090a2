import * as http from "node:http";
import type { AddressInfo } from "node:net";
import { expect } from "chai";
import express, { type Request, type RequestHandler } from "express";
import type { Logger } from "../../lib/index.js";
import type { LogLine } from "../support/shop.js";
import { startBackOffice, type BackOffice } from "./operations/back-office.js";
import { heardFrom, rawSocket } from "./operations/raw.js";

describe("a body that is not there any more when the kit comes to read it", () => {
  let office: BackOffice;
  const servers = new Set<http.Server>();
  let log: LogLine[];
  /** Resolves once the kit has said that it refused a request. */
  let refused: Promise<LogLine>;
  /** Hangs up, while the server waits. */
  let hangUp: () => void;

  const untilGone = (req: Request): Promise<void> =>
    new Promise((resolve) => {
      req.on("close", resolve);
      hangUp();
    });

  beforeEach(async () => {
    log = [];
    hangUp = () => undefined;
    let told: (line: LogLine) => void;
    refused = new Promise((resolve) => {
      told = resolve;
    });
    const write = (level: string) => (fields: object, message: string) => {
      const line: LogLine = { level, message, fields: { ...fields } };
      log.push(line);
      if (line.fields["event"] === "request.refused") told(line);
    };
    const logger: Logger = { debug: write("debug"), info: write("info"), warn: write("warn"), error: write("error") };
    office = await startBackOffice({ logger, authorize: (req) => untilGone(req).then(() => "manage" as const) });
  });
  afterEach(async () => {
    await Promise.all([...servers].map((server) => new Promise((resolve) => server.close(resolve))));
    servers.clear();
    await office.stop();
  });

  /** Where the kit's router answers behind a middleware. */
  const behind = async (middleware: RequestHandler): Promise<string> => {
    const server = http.createServer(express().use(middleware, office.antom.router));
    servers.add(server);
    await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
    return `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  };

  const head = (path: string, length: number): string =>
    `POST ${path} HTTP/1.1\r\nHost: x\r\nContent-Type: application/json\r\nContent-Length: ${length}\r\n\r\n`;

  /** Sends half a body, and is gone while the server waits. */
  const leave = async (origin: string, path: string): Promise<LogLine> => {
    const socket = rawSocket(origin);
    hangUp = () => socket.destroy();
    socket.write(`${head(path, 100)}{"orderId":`);
    return refused;
  };

  const isTheClient = (line: LogLine): void => {
    expect([line.level, line.fields["code"]]).to.deep.equal(["info", "body_unreadable"]);
    expect(log.filter(({ level }) => level === "error")).to.deep.equal([]);
  };

  it("is the client's doing where they left while the shop's authorize took its time", async () => {
    isTheClient(await leave(office.origin, "/admin/payments/PAY0/inquire"));
  });

  it("is the client's doing where they left while a middleware took its time", async () => {
    const origin = await behind((req, _res, next) => {
      void untilGone(req).then(() => {
        next();
      });
    });
    isTheClient(await leave(origin, "/checkout"));
  });

  it("is the shop's doing where something read it and kept nothing, be it as empty as can be", async () => {
    for (const body of ['{"orderId":"A"}', ""]) {
      const origin = await behind((req, _res, next) => {
        req.resume().on("close", next);
      });
      const socket = rawSocket(origin);
      socket.write(head("/checkout", body.length).replace("Host: x", "Host: x\r\nConnection: close") + body);
      expect((await heardFrom(socket)).text).to.match(/^HTTP\/1\.1 500 /);
      const line = log.pop();
      expect([line?.level, line?.fields["code"]]).to.deep.equal(["error", "body_missing"]);
    }
  });
});

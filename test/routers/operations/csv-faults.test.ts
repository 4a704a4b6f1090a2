import * as http from "node:http";
import { connect, type Socket } from "node:net";
import os from "node:os";
import path from "node:path";
import { expect } from "chai";
import express from "express";
import { AntomError } from "../../../lib/index.js";
import { memoryStorage } from "../../../lib/storage/memory.js";
import type { ListQuery, Storage } from "../../../lib/storage/storage.js";
import { startBackOffice, type BackOffice } from "./back-office.js";
import { heardFrom, rawSocket, type Heard } from "./raw.js";

const away = (): AntomError => new AntomError("storage_unavailable", "the storage is away");

describe("a download of a storage that fails", () => {
  let office: BackOffice;
  let isAway: boolean;
  /** Lets the storage fail at the second page. */
  let fail: () => void;

  const failing = (): Storage => {
    const storage = memoryStorage();
    const list = storage.list.bind(storage);
    const failed = new Promise<void>((resolve) => {
      fail = resolve;
    });
    return Object.assign(storage, {
      async list(query: ListQuery) {
        if (isAway) throw away();
        if (query.after === undefined) return { ...(await list(query)), next: "the second page" };
        await failed;
        throw away();
      },
      overview: () => Promise.reject(away()),
    });
  };

  beforeEach(async () => {
    isAway = false;
    office = await startBackOffice({ storage: failing(), worker: false });
    await office.pay({ orderId: "A-1" });
  });
  afterEach(() => office.stop());

  /** Reads the first page by an HTTP of this version, and only then lets the storage fail. */
  const download = (socket: Socket, version: string, at = "/admin/payments"): Promise<Heard> => {
    socket.write(`GET ${at}/payments.csv HTTP/${version}\r\nHost: shop.example\r\nx-staff: anna\r\n\r\n`);
    return heardFrom(socket, (text) => {
      if (text.includes(",A-1,")) fail();
    });
  };

  it("is reset halfway where the end of the connection is the end of the file", async () => {
    const { text, ending } = await download(rawSocket(office.origin), "1.0");
    expect(text)
      .to.match(/^HTTP\/1\.1 200 /)
      .and.not.to.match(/^transfer-encoding|^content-length/im);
    expect(ending).to.equal("ECONNRESET");
  });

  it("lacks its last chunk where it is sent in chunks", async () => {
    const { text } = await download(rawSocket(office.origin), "1.1");
    expect(text).to.match(/^transfer-encoding: chunked/im);
    expect(text).not.to.match(/(?:^|\r\n)0\r\n\r\n$/);
  });

  it("is at least ended over what cannot be reset", async () => {
    const server = http.createServer(express().use(office.antom.operations));
    const name = `antom-${process.pid}-${new URL(office.origin).port}`;
    const pipe = process.platform === "win32" ? `\\\\.\\pipe\\${name}` : path.join(os.tmpdir(), name);
    await new Promise<void>((resolve) => server.listen(pipe, resolve));
    try {
      const { text } = await download(connect(pipe), "1.0", "");
      expect(text).to.contain(",A-1,");
    } finally {
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    }
  });

  it("is no download at all where nothing of it was sent: the trouble is told, and not saved as a file", async () => {
    isAway = true;
    for (const file of ["/payments.csv", "/overview.csv"]) {
      const answers = [
        ["application/problem+json; charset=utf-8", await office.ask(file)],
        ["text/html; charset=utf-8", await office.page(file)],
      ] as const;
      for (const [type, response] of answers) {
        expect(response.status, file).to.equal(503);
        expect(response.headers.get("content-disposition"), file).to.equal(null);
        expect(response.headers.get("content-type"), file).to.equal(type);
      }
    }
  });
});

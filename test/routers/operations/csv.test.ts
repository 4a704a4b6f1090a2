import { EventEmitter } from "node:events";
import * as http from "node:http";
import type { AddressInfo } from "node:net";
import { createGzip, type Gzip } from "node:zlib";
import { expect } from "chai";
import express, { type Request, type RequestHandler, type Response } from "express";
import { csvLine, sendCsv } from "../../../lib/routers/operations/csv.js";

describe("a line of CSV", () => {
  it("quotes what would end a cell, and takes no formula from anybody", () => {
    expect(csvLine(["a", undefined, 3, 'b "c"', "d,e", "f\r\ng"])).to.equal('a,,3,"b ""c""","d,e","f\r\ng"\r\n');
    for (const formula of ["=1+1", "+1", "-1", "@SUM(A1)", "\t=1", " =1", "\n=1", "|cmd", "%0A=1"]) {
      expect(csvLine([formula]), formula).to.match(/^"?'/);
    }
    for (const formula of ["\uff1d1+1", "\uff0b1", "\uff0d1", "\uff20SUM(A1)", "\u200b=1+1", "\ufeff=1", '"=1']) {
      expect(csvLine([formula]), formula).to.match(/^"?'/);
    }
    expect(csvLine(["A-1", "1-1", "19.99", "2026-01-01T00:00:00.000Z"])).to.equal(
      "A-1,1-1,19.99,2026-01-01T00:00:00.000Z\r\n",
    );
  });

  it("takes none where semicolons, tabs or lines end cells, and the quotes around the whole are not heeded", () => {
    const formulas = ["=cmd|' /C calc'!A0", "+1", "-1", "@SUM(A1)", "\uff1d1", ' "=1', "\u200b=1", "|cmd", "%0A=1"];
    for (const formula of formulas) {
      for (const end of [";", "\t", "\n", "\r\n", "; "]) {
        const line = csvLine(["PAY1", `a${end}${formula};b`, "captured"]);
        expect(line, JSON.stringify(formula)).to.match(/^PAY1,"/);
        for (const cell of line.split(/[;\t\r\n]/).slice(1)) {
          expect(cell, JSON.stringify(line)).not.to.match(/^[\s\p{Cf}"]*[=+\-@|%\uff1d\uff0b\uff0d\uff20]/u);
        }
      }
    }
    expect(csvLine(["a;b", "a; b-c"])).to.equal('"a;b","a; b-c"\r\n');
  });
});

/** A slow reader: takes a chunk only when it is told to. */
class Reader extends EventEmitter {
  readonly taken: string[] = [];
  destroyed = false;
  ended = false;
  status = (): this => this;
  set = (): this => this;
  write(chunk: string): boolean {
    this.taken.push(chunk);
    return false;
  }
  end(): void {
    this.ended = true;
  }
}

describe("a download", () => {
  const turn = (): Promise<void> => new Promise((resolve) => setImmediate(resolve));
  let read = 0;
  async function* chunks(): AsyncGenerator<string> {
    for (read = 1; read <= 5; read++) yield await Promise.resolve(`${read}\r\n`);
  }
  const download = (reader: Reader): Promise<void> =>
    sendCsv({ method: "GET" } as unknown as Request, reader as unknown as Response, "a.csv", chunks());

  it("reads on only when what was read has been taken", async () => {
    const reader = new Reader();
    const sent = download(reader);
    await turn();
    await turn();
    expect([read, reader.taken.length]).to.deep.equal([1, 1]);
    reader.emit("drain");
    await turn();
    expect([read, reader.taken.length]).to.deep.equal([2, 2]);
    for (let times = 0; times < 4; times++) {
      reader.emit("drain");
      await turn();
    }
    await sent;
    expect(reader.ended).to.equal(true);
    expect(reader.listenerCount("drain")).to.equal(0);
  });

  it("stops reading when nobody takes it any more", async () => {
    const reader = new Reader();
    const sent = download(reader);
    await turn();
    reader.destroyed = true;
    reader.emit("close");
    await sent;
    expect(read).to.be.lessThan(3);
    expect(reader.ended).to.equal(false);
  });
});

describe("a download behind a middleware that compresses", () => {
  let gzip: Gzip;

  /** As `compression` does it: `on` hears of drains at the stream and answers with that one, and `off` is the response's own. */
  const compresses: RequestHandler = (_req, res, next) => {
    gzip = createGzip();
    const on = res.on.bind(res) as (...args: unknown[]) => unknown;
    const write = res.write.bind(res);
    const end = res.end.bind(res) as () => void;
    gzip.on("data", (piece: Buffer) => {
      if (!write(piece)) gzip.pause();
    });
    gzip.on("end", end);
    on("drain", () => gzip.resume());
    res.set("Content-Encoding", "gzip");
    Object.assign(res, {
      on: (name: string, listener: () => void) => (name === "drain" ? gzip.on(name, listener) : on(name, listener)),
      write: (piece: string) => gzip.write(piece),
      end: () => gzip.end(),
    });
    next();
  };

  const start = async (route: (req: Request, res: Response) => void): Promise<http.Server> => {
    const server = http.createServer(express().use(compresses, route));
    await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
    return server;
  };
  const page = "a line that is much the same as every other\r\n".repeat(1_000);
  async function* pages(count: number): AsyncGenerator<string> {
    for (let at = 0; at < count; at++) yield await Promise.resolve(page);
  }

  it("arrives as a whole, and no listeners pile up however often it waits", async () => {
    let most = 0;
    async function* watched(): AsyncGenerator<string> {
      for await (const each of pages(40)) {
        yield each;
        most = Math.max(most, gzip.listenerCount("drain"), gzip.listenerCount("close"));
      }
    }
    const server = await start((req, res) => void sendCsv(req, res, "a.csv", watched()));
    const response = await fetch(`http://127.0.0.1:${(server.address() as AddressInfo).port}`);
    expect(await response.text()).to.equal(page.repeat(40));
    server.closeAllConnections();
    await new Promise((resolve) => server.close(resolve));
    expect(most).to.be.lessThan(3);
  });

  it("ends when nobody takes it any more, though the stream that compresses says nothing of it", async () => {
    const stream = new EventEmitter();
    const reader = new Reader();
    const on = reader.on.bind(reader);
    Object.assign(reader, {
      on: (name: string, listener: () => void) => (name === "drain" ? stream : { on }).on(name, listener),
    });
    const sent = sendCsv({ method: "GET" } as unknown as Request, reader as unknown as Response, "a.csv", pages(5));
    while (reader.taken.length === 0) await new Promise((resolve) => setImmediate(resolve));
    reader.destroyed = true;
    reader.emit("close");
    await sent;
    expect([reader.taken.length, reader.ended]).to.deep.equal([1, false]);
  });

  it("ends where an HTTP/2 client had gone before, of which only the request tells", async () => {
    const reader = new Reader();
    let isClosed = false;
    async function* closing(): AsyncGenerator<string> {
      try {
        yield* pages(5);
      } finally {
        isClosed = true;
      }
    }
    const req = { method: "GET", httpVersionMajor: 2, aborted: true };
    await sendCsv(req as unknown as Request, reader as unknown as Response, "a.csv", closing());
    expect([reader.taken.length, reader.ended, isClosed]).to.deep.equal([0, false, true]);
  });
});

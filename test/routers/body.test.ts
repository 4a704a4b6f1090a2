import * as http from "node:http";
import * as http2 from "node:http2";
import { type AddressInfo, Socket } from "node:net";
import { expect } from "chai";
import express, { type Request, type RequestHandler } from "express";
import type { Logger } from "../../lib/index.js";
import { readBody, type BodyLimits } from "../../lib/routers/body.js";
import { manualClock, signedNotification } from "../../lib/testing.js";
import { ANTOM_KEYS, CLIENT_ID } from "../support/keys.js";
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

  const post = async (url: string, body: string, isChunked: boolean): Promise<unknown> => {
    const headers = { "content-type": "application/json", accept: "application/json", "x-staff": "anna" };
    const sent = isChunked ? { body: new Blob([body]).stream(), duplex: "half" } : { body };
    return (await fetch(url, { method: "POST", headers, ...sent } as RequestInit)).json();
  };

  it("is not taken for an empty one where a parser has put an empty object there in advance, and another middleware read it", async () => {
    const drain: RequestHandler = (req, _res, next) => {
      req.resume().on("end", next);
    };
    await office.stop();
    office = await startBackOffice();
    const { id } = await office.pay();
    const before = [express.json({ type: "application/vnd.api+json" }), drain];
    const origin = await behind(express().use(before).use("/admin/payments", office.antom.operations));
    for (const isChunked of [false, true]) {
      for (const [path, body] of [
        ["checkout", '{"orderId":"A"}'],
        [`admin/payments/${id}/capture`, '{"amount":"500"}'],
      ] as const) {
        const answer = await post(`${origin}/${path}`, body, isChunked);
        expect(answer).to.include({ status: 500, code: "body_missing" });
      }
    }
    expect(await office.antom.payments.get(id)).to.include({ capturedAmount: "0" });
  });

  it("is an empty object where a parser read just that, however it was written and sent", async () => {
    const origin = await behind(express.json());
    for (const body of ["{}", " { } ", "{}\n"]) {
      for (const isChunked of [false, true]) {
        expect(await post(`${origin}/checkout`, body, isChunked), body).to.include({ status: 422 });
      }
    }
  });

  it("was never there where no header tells of one, whoever has listened for it", async () => {
    const listens: RequestHandler = (req, _res, next) => {
      req.on("data", () => undefined).on("end", () => setImmediate(next));
    };
    const answer = await fetch(`${await behind(listens)}/checkout`, { method: "POST" });
    expect(await answer.json()).to.include({ status: 422 });
  });
});

/** Bytes with characters of two and of four, and an even number of them. */
const WHOLE = Buffer.from('{"orderId":"caf\u00e9 \u{1f600}100123"}');
/** Where both of those characters are cut through. */
const CUTS = [0, 16, 20, WHOLE.length - 3, WHOLE.length];
const PIECES = CUTS.slice(1).map((end, at) => WHOLE.subarray(CUTS[at], end));

type Kept = Request & { rawBody?: unknown };

/** Adds a piece to what is kept, as `req.rawBody += piece` does, but that bytes stay bytes. */
function keep(req: Kept, piece: Buffer | string): void {
  const { rawBody } = req;
  req.rawBody =
    typeof piece === "string"
      ? `${typeof rawBody === "string" ? rawBody : ""}${piece}`
      : Buffer.concat([Buffer.isBuffer(rawBody) ? rawBody : Buffer.alloc(0), piece]);
}

/** Keeps what comes, and goes on at the first of it. */
const keepsAlong: RequestHandler = (req, _res, next) => {
  req.on("data", (piece: Buffer | string) => {
    keep(req, piece);
  });
  req.once("data", () => {
    next();
  });
};

const goesOn: RequestHandler = (_req, _res, next) => {
  next();
};

const encodedBefore =
  (encoding: BufferEncoding, then: RequestHandler = goesOn): RequestHandler =>
  (req, res, next) => {
    req.setEncoding(encoding);
    return then(req, res, next);
  };

describe("a body of which somebody else reads as well", () => {
  const servers = new Set<http.Server>();
  let clock: ReturnType<typeof manualClock>;
  let limits: BodyLimits;

  beforeEach(() => {
    clock = manualClock();
    limits = { maxBytes: 1000, timeout: 10_000, clock };
  });
  afterEach(async () => {
    for (const server of servers) server.closeAllConnections();
    await Promise.all([...servers].map((server) => new Promise((resolve) => server.close(resolve))));
    servers.clear();
  });

  /** What `readBody` makes of a body behind a middleware. Each piece is sent when the one before it was heard, then what `after` does is done. */
  const behind = (
    middleware: RequestHandler,
    { pieces = PIECES, length = WHOLE.length, after = () => undefined }: Sent = {},
  ): Promise<string> =>
    new Promise((resolve, reject) => {
      const waiting = pieces.slice(1);
      const app = express().use(middleware, (req) => {
        readBody(req, limits)
          .then((body) => (body.kind === "bytes" ? body.bytes.toString("latin1") : JSON.stringify(body.value)))
          .catch((error: unknown) => String((error as { code?: unknown }).code ?? error))
          .then(resolve, reject);
        const onPiece = (): void => {
          const piece = waiting.shift();
          if (piece !== undefined) {
            socket.write(piece);
            return;
          }
          req.off("data", onPiece);
          after(req, () => socket.destroy());
        };
        if (req.readableDidRead) onPiece();
        req.on("data", onPiece);
      });
      const server = http.createServer(app);
      servers.add(server);
      let socket: ReturnType<typeof rawSocket>;
      server.listen(0, "127.0.0.1", () => {
        socket = rawSocket(`http://127.0.0.1:${(server.address() as AddressInfo).port}`).on("error", () => undefined);
        const type = "application/json";
        socket.write(`POST / HTTP/1.1\r\nHost: x\r\nContent-Type: ${type}\r\nContent-Length: ${length}\r\n\r\n`);
        socket.write(pieces[0] ?? "");
      });
    });

  interface Sent {
    readonly pieces?: readonly Buffer[];
    readonly length?: number;
    readonly after?: (req: Request, hangUp: () => void) => void;
  }

  const whole = WHOLE.toString("latin1");

  for (const encoding of ["utf8", "latin1", "hex", "base64", "base64url", "utf16le"] as const) {
    it(`is made of its bytes again where the stream was told to deliver ${encoding}`, async () => {
      expect(await behind(encodedBefore(encoding))).to.equal(whole);
      expect(await behind(encodedBefore(encoding), { pieces: [WHOLE] })).to.equal(whole);
    });

    it(`is whole and made of its bytes again where somebody keeps ${encoding}`, async () => {
      expect(await behind(encodedBefore(encoding, keepsAlong))).to.equal(whole);
    });
  }

  const ALONG: Readonly<Record<string, RequestHandler>> = {
    "listens to what comes": keepsAlong,
    "has paused it": (req, res, next) => {
      keepsAlong(req, res, () => {
        req.pause();
        next();
      });
    },
    "reads when there is something to read": (req, _res, next) => {
      let hasGoneOn = false;
      req.on("readable", () => {
        for (;;) {
          const piece = req.read() as Buffer | null;
          if (piece === null) break;
          keep(req, piece);
        }
        if (hasGoneOn) return;
        hasGoneOn = true;
        next();
      });
    },
    "iterates over it": (req, _res, next) => {
      req.once("data", () => {
        next();
      });
      void (async () => {
        for await (const piece of req) keep(req, piece as Buffer);
      })();
    },
  };
  for (const [what, middleware] of Object.entries(ALONG)) {
    it(`is waited for where somebody ${what}, and keeps it`, async () => {
      expect(await behind(middleware)).to.equal(whole);
    });

    it(`is taken where somebody ${what}, and all has come but its end`, async () => {
      expect(await behind(middleware, { pieces: [WHOLE] })).to.equal(whole);
    });
  }

  it("is read where it was paused before anything came", async () => {
    const pauses: RequestHandler = (req, _res, next) => {
      req.pause();
      next();
    };
    expect(await behind(pauses)).to.equal(whole);
  });

  it("is not read where its sender has gone halfway, be it before or after the kit began to wait", async () => {
    const half = { pieces: PIECES.slice(0, 2) };
    const late: RequestHandler = (req, res, next) => {
      keepsAlong(req, res, () => {
        req.on("error", () => undefined).on("close", next);
        req.socket.destroy();
      });
    };
    expect(await behind(late, half)).to.equal("body_unreadable");
    const after: Sent["after"] = (_req, hangUp) => {
      hangUp();
    };
    expect(await behind(keepsAlong, { ...half, after })).to.equal("body_unreadable");
  });

  it("is waited for as long as any, and no longer than any may be", async () => {
    const half = { pieces: PIECES.slice(0, 2), after: () => void clock.advance(limits.timeout) };
    expect(await behind(keepsAlong, half)).to.equal("body_unreadable");
    limits = { ...limits, maxBytes: WHOLE.length - 1 };
    expect(await behind(keepsAlong, half)).to.equal("body_too_large");
  });

  it("is not waited for where a parser has read it all", async () => {
    limits = { ...limits, clock: { now: () => clock.now(), after: () => expect.fail("nothing is left to wait for") } };
    const keepsBytes = express.json({ verify: (req, _res, bytes) => Object.assign(req, { rawBody: bytes }) });
    expect(await behind(keepsBytes, { pieces: [WHOLE] })).to.equal(whole);
    expect(await behind(express.json(), { pieces: [WHOLE] })).to.equal(WHOLE.toString());
  });

  it("is refused, and ends no process, where what comes is no body at all", async () => {
    for (const nonsense of [null, { length: 3 }]) {
      const after = (req: Request): void => {
        setImmediate(() => req.emit("data", nonsense) && req.emit("end"));
      };
      const said = await behind(goesOn, { pieces: PIECES.slice(0, 2), after });
      expect(said, JSON.stringify(nonsense)).to.match(/TypeError|ERR_INVALID_ARG_TYPE/);
    }
  });

  it("is read where all of a request has come that an adapter has made by hand, which Node takes for broken off", async () => {
    const req = new http.IncomingMessage(new Socket());
    req.push("whole");
    req.push(null);
    req.on("data", (piece: Buffer) => {
      keep(req as unknown as Kept, piece);
    });
    await new Promise((resolve) => req.on("close", resolve));
    expect(req).to.have.property("aborted", true);
    const body = await readBody(req as unknown as Request, limits);
    expect(body.kind === "bytes" && body.bytes.toString()).to.equal("whole");
  });

  it("is not read where an HTTP/2 stream was cancelled halfway, though such a stream ends", async () => {
    for (const keeps of [true, false]) {
      let cancel = (): void => undefined;
      const server = http2.createServer();
      await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
      const said = new Promise((resolve) => {
        server.on("request", (req) => {
          const keepsIt = (piece: Buffer): void => {
            keep(req as unknown as Kept, piece);
          };
          if (keeps) req.on("data", keepsIt);
          req.once("aborted", () => {
            setImmediate(() => void readBody(req as unknown as Request, limits).then(resolve, resolve));
          });
          cancel();
        });
      });
      const client = http2.connect(`http://127.0.0.1:${(server.address() as AddressInfo).port}`);
      const stream = client.request({ ":method": "POST", ":path": "/" }).on("error", () => undefined);
      cancel = () => {
        stream.close(http2.constants.NGHTTP2_CANCEL);
      };
      stream.write(PIECES[0]);
      expect(await said).to.have.property("code", "body_unreadable");
      client.destroy();
      await new Promise((resolve) => server.close(resolve));
    }
  });
});

describe("a notification, where a middleware has made the request deliver text", () => {
  for (const [what, middleware] of [
    ["and leaves it at that", encodedBefore("utf8")],
    ["and keeps that text", encodedBefore("utf8", keepsAlong)],
  ] as const) {
    it(`${what}, is believed if Antom signed it, and refused if not`, async () => {
      const office = await startBackOffice();
      let goOn = (): void => undefined;
      const app = express().use((req, _res, next) => {
        // The first piece is delivered before the next turn of the loop: the second is one of its own.
        req.on("newListener", (name) => {
          if (name === "data")
            setImmediate(() => {
              goOn();
            });
        });
        next();
      }, middleware);
      const server = http.createServer(app.use("/payments", office.antom.router));
      await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
      const signed = await signedNotification({
        url: `${office.origin}/payments/notify`,
        clientId: CLIENT_ID,
        privateKey: ANTOM_KEYS.privateKey,
        body: { notifyType: "SOMETHING_NEW", paymentRequestId: "1", note: "caf\u00e9" },
      });
      const signedBytes = Buffer.from(signed.body);
      const send = async (headers: object, bytes: Buffer): Promise<string> => {
        const socket = rawSocket(`http://127.0.0.1:${(server.address() as AddressInfo).port}`);
        const lines = { Host: "x", Connection: "close", ...headers, "Content-Length": bytes.length };
        const head = Object.entries(lines).map(([name, value]) => `${name}: ${String(value)}\r\n`);
        const cut = bytes.length - 3;
        goOn = () => {
          goOn = () => undefined;
          socket.write(bytes.subarray(cut));
        };
        const start = Buffer.from(`POST /payments/notify HTTP/1.1\r\n${head.join("")}\r\n`);
        socket.write(Buffer.concat([start, bytes.subarray(0, cut)]));
        return (await heardFrom(socket)).text.split("\r\n")[0] ?? "";
      };
      expect(await send(signed.headers, signedBytes)).to.equal("HTTP/1.1 200 OK");
      expect(await send({}, Buffer.from("abcdef"))).to.equal("HTTP/1.1 401 Unauthorized");
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
      await office.stop();
    });
  }
});

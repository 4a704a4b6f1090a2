import * as https from "node:https";
import type { AddressInfo } from "node:net";
import { gzipSync } from "node:zlib";
import { expect } from "chai";
import { createTransport, TransportError, type TransportResponse } from "../../lib/gateway/transport.js";
import { selfSigned } from "./certificate.js";
import { deadPort, httpAnswer, startFaultServer, type Fault, type FaultServer } from "./fault-server.js";
import { PAIR, privatePem } from "./key-pairs.js";

const BODY = Buffer.from('{"name":"李小明"}');

describe("createTransport", () => {
  const transport = createTransport();
  const servers: FaultServer[] = [];
  after(async () => {
    transport.close();
    await Promise.all(servers.map((server) => server.stop()));
  });

  const start = async (fault: Fault): Promise<FaultServer> => {
    const server = await startFaultServer(fault);
    servers.push(server);
    return server;
  };
  const send = (url: URL, { timeout = 2000, maxBytes = 1024 * 1024 } = {}): Promise<TransportResponse> =>
    transport({ url, headers: { "client-id": "5X0001" }, body: BODY, timeout, maxBytes });
  const failureOf = async (url: URL, options = {}): Promise<TransportError> => {
    try {
      await send(url, options);
    } catch (error) {
      if (error instanceof TransportError) return error;
      throw error;
    }
    throw new Error("there was an answer");
  };

  it("sends the bytes as they are and answers with the bytes as they came", async () => {
    const answer = Buffer.from([0x7b, 0x00, 0xff, 0x7d]);
    const server = await start({ act: (socket) => socket.end(httpAnswer("200 OK", answer, { "X-Test": "yes" })) });
    const response = await send(server.url);
    expect(response.status).to.equal(200);
    expect(response.body.equals(answer)).to.be.true;
    expect(response.headers["x-test"]).to.equal("yes");
    expect(server.heard()).to.match(/^POST \/ams\/api\/v1\/payments\/pay HTTP\/1\.1\r\n/);
    expect(server.heard()).to.contain(`content-length: ${BODY.length}\r\n`);
    expect(server.heard().endsWith(BODY.toString("latin1"))).to.be.true;
  });

  it("rejects a request that cannot even be made, and nothing is left that could go off later", async () => {
    const { url } = await start({ act: (socket) => socket.end() });
    const headers = { "client-id": "a line\nand another" };
    const failed = await transport({ url, headers, body: BODY, timeout: 20, maxBytes: 100 }).catch(
      (error: unknown) => error,
    );
    expect(failed).to.be.an("error").with.property("code", "ERR_INVALID_CHAR");
    // An error of a timer is nobody's: it would end the process, and here it fails this test.
    await new Promise((resolve) => setTimeout(resolve, 60));
  });

  it("uses a connection again, and lets go of it when closed", async () => {
    const own = createTransport();
    const server = await start({
      act: (socket) => socket.write(httpAnswer("200 OK", "{}", { connection: "keep-alive" })),
    });
    for (let call = 0; call < 3; call++) {
      await own({ url: server.url, headers: {}, body: BODY, timeout: 2000, maxBytes: 100 });
    }
    expect(server.connections()).to.equal(1);
    own.close();
    await server.silent();
  });

  it("does not repeat by itself what met a kept connection that closed", async () => {
    let requests = 0;
    const server = await start({
      act: (socket) => {
        if (++requests === 1) socket.write(httpAnswer("200 OK", "{}", { connection: "keep-alive" }));
        else socket.resetAndDestroy();
      },
    });
    expect((await send(server.url)).status).to.equal(200);
    expect((await failureOf(server.url)).failure).to.equal("reset");
    expect(requests).to.equal(2);
  });

  it("joins the pieces of a chunked answer", async () => {
    const server = await start({
      act: (socket) =>
        socket.end('HTTP/1.1 200 OK\r\ntransfer-encoding: chunked\r\n\r\n3\r\n{"a\r\n4\r\n":1}\r\n0\r\n\r\n'),
    });
    expect((await send(server.url)).body.toString()).to.equal('{"a":1}');
  });

  const faults: Readonly<Record<string, Fault & { failure: string }>> = {
    "a connection reset before the request is read": {
      failure: "reset",
      at: "connection",
      act: (socket) => socket.resetAndDestroy(),
    },
    "a connection reset after the request was read": { failure: "reset", act: (socket) => socket.resetAndDestroy() },
    "a connection closed without an answer": { failure: "reset", act: (socket) => socket.end() },
    "half of a status line": { failure: "reset", act: (socket) => socket.end("HTTP/1.1 20") },
    "half of the headers": { failure: "reset", act: (socket) => socket.end("HTTP/1.1 200 OK\r\ncontent-len") },
    "a body shorter than promised": {
      failure: "reset",
      act: (socket) => socket.end('HTTP/1.1 200 OK\r\ncontent-length: 100\r\n\r\n{"result":'),
    },
    "a reset amid the body": {
      failure: "reset",
      act: (socket) => {
        socket.write('HTTP/1.1 200 OK\r\ncontent-length: 100\r\n\r\n{"result":');
        setTimeout(() => socket.resetAndDestroy(), 20);
      },
    },
    "a chunked body that is cut short": {
      failure: "reset",
      act: (socket) => socket.end('HTTP/1.1 200 OK\r\ntransfer-encoding: chunked\r\n\r\n5\r\n{"a":\r\n'),
    },
    "a chunk length that is none": {
      failure: "malformed",
      act: (socket) => socket.end("HTTP/1.1 200 OK\r\ntransfer-encoding: chunked\r\n\r\nzz\r\n{}\r\n0\r\n\r\n"),
    },
    "two lengths that disagree": {
      failure: "malformed",
      act: (socket) => socket.end("HTTP/1.1 200 OK\r\ncontent-length: 2\r\ncontent-length: 4\r\n\r\n{}{}"),
    },
    "garbage instead of HTTP": { failure: "malformed", act: (socket) => socket.end("\x00\x01\x02 garbage\r\n\r\n") },
    "endless headers": {
      failure: "malformed",
      act: (socket) => socket.end(`HTTP/1.1 200 OK\r\nx: ${"x".repeat(100_000)}\r\n\r\n`),
    },
  };
  for (const [what, { failure, ...fault }] of Object.entries(faults)) {
    it(`calls ${what} "${failure}", and leaves no connection open`, async () => {
      const server = await start(fault);
      expect((await failureOf(server.url)).failure).to.equal(failure);
      await server.silent();
      expect(server.connections()).to.equal(1);
    });
  }

  const slow: Readonly<Record<string, Fault>> = {
    silence: { act: () => undefined },
    "silence after the headers": { act: (socket) => socket.write("HTTP/1.1 200 OK\r\ncontent-length: 9\r\n\r\n") },
    "one byte of the body every 50 ms": {
      act: (socket) => {
        socket.write("HTTP/1.1 200 OK\r\ncontent-length: 10000\r\n\r\n");
        trickle(socket);
      },
    },
    "one byte of the headers every 50 ms": {
      act: (socket) => {
        socket.write("HTTP/1.1 200 OK\r\nx: ");
        trickle(socket);
      },
    },
  };
  for (const [what, fault] of Object.entries(slow)) {
    it(`gives up on ${what} when the time for the whole exchange is over`, async () => {
      const server = await start(fault);
      const started = Date.now();
      expect((await failureOf(server.url, { timeout: 300 })).failure).to.equal("timeout");
      expect(Date.now() - started).to.be.within(250, 1500);
      await server.silent();
    });
  }

  it("follows no redirect, so that no signed body reaches another host", async () => {
    const other = await start({ act: (socket) => socket.end(httpAnswer("200 OK", "{}")) });
    for (const status of [
      "301 Moved",
      "302 Found",
      "303 See Other",
      "307 Temporary Redirect",
      "308 Permanent Redirect",
    ]) {
      const server = await start({ act: (socket) => socket.end(httpAnswer(status, "", { location: other.url.href })) });
      expect((await send(server.url)).status).to.equal(Number(status.slice(0, 3)));
    }
    expect(other.connections()).to.equal(0);
  });

  for (const status of ["429 Too Many Requests", "500 Internal Server Error", "502 Bad Gateway", "503 Unavailable"]) {
    it(`hands on a ${status.slice(0, 3)} with its page, for the gateway to judge`, async () => {
      const server = await start({ act: (socket) => socket.end(httpAnswer(status, "<html>sorry</html>")) });
      const response = await send(server.url);
      expect(response.status).to.equal(Number(status.slice(0, 3)));
      expect(response.body.toString()).to.equal("<html>sorry</html>");
    });
  }

  it("cuts an answer of 100 MB at the most it may read", async () => {
    let sent = 0;
    const server = await start({
      act: (socket) => {
        const size = 100 * 1024 * 1024;
        const chunk = Buffer.alloc(64 * 1024, 0x20);
        socket.write(`HTTP/1.1 200 OK\r\ncontent-length: ${size}\r\n\r\n`);
        const more = (): void => {
          while (sent < size && !socket.destroyed) {
            sent += chunk.length;
            if (!socket.write(chunk)) {
              socket.once("drain", more);
              return;
            }
          }
        };
        more();
      },
    });
    const error = await failureOf(server.url, { timeout: 5000 });
    expect(error.failure).to.equal("too_large");
    expect(error.message).to.contain("longer than 1048576 bytes");
    await server.silent();
    expect(sent).to.be.lessThan(20 * 1024 * 1024);
  });

  it("takes an answer of exactly the most it may read, and none of a byte more", async () => {
    const server = await start({ act: (socket) => socket.end(httpAnswer("200 OK", "x".repeat(1000))) });
    expect((await send(server.url, { maxBytes: 1000 })).body).to.have.length(1000);
    expect((await failureOf(server.url, { maxBytes: 999 })).failure).to.equal("too_large");
  });

  it("inflates nothing: the bytes that are signed are the bytes on the wire", async () => {
    const packed = gzipSync(Buffer.alloc(10 * 1024 * 1024));
    const server = await start({
      act: (socket) => socket.end(httpAnswer("200 OK", packed, { "content-encoding": "gzip" })),
    });
    expect((await send(server.url)).body.equals(packed)).to.be.true;
    expect(server.heard()).not.to.match(/accept-encoding/i);
  });

  it("says that a name cannot be found", async function () {
    // As long as a resolver may take that has nobody to ask.
    this.timeout(30_000);
    expect((await failureOf(new URL("http://antom.invalid/"), { timeout: 25_000 })).failure).to.equal("name_not_found");
  });

  it("says that a port refuses", async () => {
    const port = await deadPort();
    expect((await failureOf(new URL(`http://127.0.0.1:${port}/`))).failure).to.equal("refused");
  });

  it("shows nothing of the request in what it says", async () => {
    const server = await start({ act: (socket) => socket.end() });
    const error = await failureOf(server.url);
    expect(`${error.message} ${String(error.cause)}`)
      .not.to.contain("李小明")
      .and.not.to.contain("5X0001");
  });

  describe("over TLS", () => {
    const certificate = selfSigned(PAIR.privateKey, PAIR.publicKey);
    let asked = 0;
    const server = https.createServer({ key: privatePem(PAIR.privateKey), cert: certificate }, (_request, response) => {
      asked++;
      response.end("{}");
    });
    let port = 0;
    before(async () => {
      await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
      port = (server.address() as AddressInfo).port;
    });
    after(() => server.close());

    it("refuses a certificate nobody vouches for, before a byte of the request is sent", async () => {
      expect((await failureOf(new URL(`https://localhost:${port}/`))).failure).to.equal("tls");
      expect(asked).to.equal(0);
    });

    it("is never talked down to plain HTTP", async () => {
      const plain = await start({
        at: "connection",
        act: (socket) => socket.once("data", () => socket.end(httpAnswer("200 OK", "{}"))),
      });
      const error = await failureOf(new URL(`https://127.0.0.1:${plain.port}/`));
      expect(error.failure).to.equal("tls");
    });
  });
});

function trickle(socket: { write(text: string): unknown; on(event: "close", action: () => void): unknown }): void {
  const timer = setInterval(() => socket.write("x"), 50);
  socket.on("close", () => {
    clearInterval(timer);
  });
}

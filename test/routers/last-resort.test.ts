import { expect } from "chai";
import { pino } from "pino";
import type { Logger } from "../../lib/index.js";
import { anOrder, startShop, type ShopOptions } from "../support/shop.js";
import { startBackOffice } from "./operations/back-office.js";

const SOON = AbortSignal.timeout.bind(AbortSignal, 3_000);

/** Node ends a process for a rejection that nobody handles; mocha fails the test. */
const rejections = async (work: () => Promise<void>): Promise<unknown[]> => {
  const found: unknown[] = [];
  const listeners = process.listeners("unhandledRejection");
  process.removeAllListeners("unhandledRejection");
  const note = (error: unknown): void => {
    found.push(error);
  };
  process.on("unhandledRejection", note);
  try {
    await work();
    await new Promise((resolve) => setTimeout(resolve, 50));
  } finally {
    process.off("unhandledRejection", note);
    for (const listener of listeners) process.on("unhandledRejection", listener);
  }
  return found;
};

const silent = (): undefined => undefined;
const broken: Logger = {
  debug: silent,
  info: () => {
    throw new Error("the log's disk is full");
  },
  warn: silent,
  error: () => {
    throw new Error("the log's disk is full");
  },
};

describe("a request that cannot even be answered with an error", () => {
  const answered = async (options: ShopOptions): Promise<Response> => {
    let answer: Response | undefined;
    const found = await rejections(async () => {
      const shop = await startShop(options);
      answer = await fetch(shop.urls.checkout, {
        method: "POST",
        headers: { "content-type": "application/json" },
        body: "{}",
        signal: SOON(),
      });
      await shop.stop();
    });
    expect(found).to.deep.equal([]);
    if (answer === undefined) throw new Error("there was no answer");
    return answer;
  };

  it("is an internal error where the shop throws what only looks like the kit's", async () => {
    for (const more of [{}, { status: 422 }, { status: 99, problems: [] }]) {
      const odd = Object.assign(new Error("x"), { name: "AntomError", code: "order_refused", ...more });
      const order = () => {
        throw odd;
      };
      const response = await answered({ order });
      expect(response.status).to.equal(500);
      expect(await response.json()).to.include({ code: "internal" });
    }
  });

  it("is answered plainly, and told in the log, where its problems are no such", async () => {
    const lines: object[] = [];
    const odd = Object.assign(new Error("x"), {
      name: "AntomError",
      code: "card_invalid",
      status: 422,
      problems: [undefined],
    });
    const response = await answered({
      logger: { debug: silent, info: silent, warn: silent, error: (fields: object) => lines.push(fields) },
      order: () => {
        throw odd;
      },
    });
    expect(response.status).to.equal(500);
    expect(lines.map((line) => (line as { event?: unknown }).event)).to.deep.equal(["request.unanswerable"]);
  });

  it("is an internal error where what the shop throws cannot be read, and the log has what can be", async () => {
    const lines: { event?: unknown; err?: { stack?: string } }[] = [];
    const get = (): never => {
      throw new Error("read already");
    };
    const response = await answered({
      logger: pino({ level: "error" }, { write: (line: string) => lines.push(JSON.parse(line) as object) }),
      order: () => {
        throw Object.defineProperty(new Error("no stock"), "response", { enumerable: true, get });
      },
    });
    expect(response.status).to.equal(500);
    expect(await response.json()).to.include({ code: "internal" });
    expect(lines.map(({ event }) => event)).to.deep.equal(["request.refused"]);
    expect(lines[0]?.err?.stack).to.include("no stock");
  });

  it("goes on as ever for those after it", async () => {
    let count = 0;
    const order = () => {
      if (++count > 1) return anOrder("order-1");
      throw Object.assign(new Error("x"), {
        name: "AntomError",
        code: "card_invalid",
        status: 422,
        problems: [undefined],
      });
    };
    const shop = await startShop({ order });
    const found = await rejections(async () => {
      const plain = await shop.checkout("order-1", { connection: "close" });
      expect([plain.status, await plain.text()]).to.deep.equal([500, "Something went wrong.\n"]);
      expect((await shop.checkout("order-1")).status).to.equal(200);
    });
    expect(found).to.deep.equal([]);
    await shop.stop();
  });
});

describe("a request where the shop's logger throws", () => {
  it("is answered as any other", async () => {
    const shop = await startShop({ logger: broken, order: () => undefined });
    const found = await rejections(async () => {
      const response = await shop.checkout("order-1", { connection: "close" });
      expect(response.status).to.equal(422);
      expect(await response.json()).to.include({ code: "order_refused" });
    });
    expect(found).to.deep.equal([]);
    await shop.stop();
  });

  it("is answered by the back office too", async () => {
    const office = await startBackOffice({ logger: broken });
    const found = await rejections(async () => {
      for (const accept of ["text/html", "application/json"]) {
        const response = await office.ask("/PAY0", { headers: { accept }, signal: SOON() });
        expect(response.status).to.equal(404);
      }
    });
    expect(found).to.deep.equal([]);
    await office.stop();
  });
});

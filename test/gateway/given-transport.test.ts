import { expect } from "chai";
import { givenTransport } from "../../lib/gateway/given-transport.js";
import { TransportError, type Transport } from "../../lib/gateway/transport.js";
import { manualClock } from "../../lib/testing/manual-clock.js";
import { anOrder, answerOf, startShop } from "../support/shop.js";

const ANSWER = { status: 200, headers: {}, body: Buffer.from("{}") };
const REQUEST = {
  url: new URL("https://antom.example/ams/api/v1/payments/pay"),
  headers: {},
  body: Buffer.from("{}"),
  timeout: 15_000,
  maxBytes: 2,
};

describe("a transport of the shop's own", () => {
  const failureOf = (sent: Promise<unknown>): Promise<unknown> => sent.then(() => "no failure", failureIn);
  const failureIn = (error: unknown): unknown => (error instanceof TransportError ? error.failure : error);

  it("is handed the request as it is, and its answer is taken", async () => {
    const seen: unknown[] = [];
    const transport: Transport = (request) => {
      seen.push(request);
      return Promise.resolve(ANSWER);
    };
    expect(await givenTransport(transport, manualClock())(REQUEST)).to.equal(ANSWER);
    expect(seen).to.deep.equal([REQUEST]);
  });

  it("is waited for no longer than a call may take", async () => {
    const clock = manualClock();
    const sent = failureOf(givenTransport(() => new Promise(() => undefined), clock)(REQUEST));
    await clock.advance(14_999);
    expect(await Promise.race([sent, Promise.resolve("still waiting")])).to.equal("still waiting");
    await clock.advance(1);
    expect(await sent).to.equal("timeout");
  });

  it("may answer with no more bytes than were asked for", async () => {
    const transport: Transport = () => Promise.resolve({ ...ANSWER, body: Buffer.from("{ }") });
    expect(await failureOf(givenTransport(transport, manualClock())(REQUEST))).to.equal("too_large");
  });

  it("fails as it likes, also at once, and leaves no timer behind", async () => {
    const broken = new Error("no proxy");
    const fails: Transport[] = [
      () => Promise.reject(broken),
      () => {
        throw broken;
      },
    ];
    for (const fail of fails) {
      let pending = 0;
      const after = (): (() => void) => {
        pending++;
        return () => {
          pending--;
        };
      };
      expect(await failureOf(givenTransport(fail, { now: () => 0, after })(REQUEST))).to.equal(broken);
      expect(pending).to.equal(0);
    }
  });

  it("that never answers does not keep a buyer waiting for ever", async () => {
    const clock = manualClock();
    let sent = (): void => undefined;
    const underWay = new Promise<void>((resolve) => (sent = resolve));
    const transport: Transport = () => {
      sent();
      return new Promise(() => undefined);
    };
    const shop = await startShop({ transport, clock, worker: false });
    shop.orders.set("order-1", anOrder("order-1"));
    const checkout = shop.checkout("order-1");
    await underWay;
    await clock.advance(15_000);
    expect((await answerOf(await checkout)).payment.status).to.equal("created");
    await shop.stop();
  });
});

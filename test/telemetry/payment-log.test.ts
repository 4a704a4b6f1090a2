import { expect } from "chai";
import { pino } from "pino";
import type { Logger } from "../../lib/index.js";
import { withPaymentChildren } from "../../lib/telemetry/payment-log.js";
import { GOOD_CARD, startSimulatedShop } from "../support/simulated-shop.js";

type Line = Readonly<Record<string, unknown>>;

/** A pino logger, what it has written, and for which payments it has made children. */
function writing(level = "debug") {
  const lines: Line[] = [];
  const children: unknown[] = [];
  const write = (line: string): void => {
    lines.push(JSON.parse(line) as Line);
  };
  const onChild = (child: pino.Logger): void => {
    children.push(child.bindings()["payment"]);
  };
  return { logger: pino({ level, onChild }, { write }), lines, children };
}

describe("the log of a payment", () => {
  it("is written through one pino child, which bears its id", async () => {
    const { logger, lines, children } = writing();
    const simulated = await startSimulatedShop({ logger });
    let id: string;
    try {
      ({ id } = (await simulated.paid({ method: "card", card: GOOD_CARD })).payment);
      await simulated.shop.recorder.waitFor("payment.captured");
    } finally {
      await simulated.stop();
    }
    expect(children).to.deep.equal([id]);
    const events = lines.filter(({ payment }) => payment === id).map(({ event }) => event);
    expect(events).to.include.members(["payment.opened", "gateway.answered", "payment.recorded"]);
    expect(JSON.stringify(lines)).to.not.include(GOOD_CARD.cardNo);
  });

  it("has the id once in each line", () => {
    const texts: string[] = [];
    const logger = withPaymentChildren(pino({ level: "info" }, { write: (text: string) => texts.push(text) }));
    logger.info({ event: "payment.opened", payment: "PAY1", order: "1" }, "payment opened");
    expect(texts[0]?.match(/"payment":/g)).to.have.lengthOf(1);
    expect(JSON.parse(texts[0] ?? "")).to.include({ event: "payment.opened", payment: "PAY1", order: "1" });
  });

  it("makes no child for a line that is about no payment", () => {
    const { logger, lines, children } = writing();
    withPaymentChildren(logger).error({ event: "worker.failed" }, "away");
    expect(children).to.deep.equal([]);
    expect(lines).to.have.lengthOf(1);
  });

  it("takes the level on that the shop sets later", () => {
    const { logger, lines } = writing("info");
    const log = withPaymentChildren(logger);
    log.debug({ payment: "PAY1" }, "not seen");
    logger.level = "debug";
    log.debug({ payment: "PAY1" }, "seen");
    expect(lines.map(({ msg }) => msg)).to.deep.equal(["seen"]);
  });

  it("keeps no more than a few hundred children", () => {
    const { logger, children } = writing();
    const log = withPaymentChildren(logger);
    const about = (index: number): void => {
      log.info({ payment: `PAY${index}` }, "seen");
    };
    for (let index = 0; index < 300; index++) about(index);
    expect(children).to.have.lengthOf(300);
    about(299);
    expect(children).to.have.lengthOf(300);
    about(0);
    expect(children).to.have.lengthOf(301);
  });

  it("has the id in a plain object's lines too", () => {
    const fields: object[] = [];
    const write = (line: object): void => {
      fields.push(line);
    };
    const plain: Logger = { debug: write, info: write, warn: write, error: write };
    const log = withPaymentChildren(plain);
    expect(log).to.equal(plain);
    log.info({ event: "payment.opened", payment: "PAY1" }, "payment opened");
    expect(fields).to.deep.equal([{ event: "payment.opened", payment: "PAY1" }]);
  });
});

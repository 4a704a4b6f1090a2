import { expect } from "chai";
import { createListeners } from "../../lib/ledger/listeners.js";
import { memoryStorage } from "../../lib/storage/memory.js";
import type { EventType } from "../../lib/payment/events.js";
import { recording, type LogLine } from "../support/shop.js";

describe("who is told of events", () => {
  const listeners = (hooks: Parameters<typeof createListeners>[0]["hooks"], worksHere = true) => {
    const log: LogLine[] = [];
    const created = createListeners({ hooks, storage: memoryStorage(), worksHere, logger: recording(log) });
    return {
      hears: (type: EventType) => created.hears(type),
      look: () => created.look(),
      said: () => log.map(({ level, fields }) => [level, fields["event"], fields["type"]]),
    };
  };

  it("is nobody where no hooks were given and none was ever told anything, and that is said once", async () => {
    const { hears, look, said } = listeners(undefined);
    await look();
    expect(said()).to.deep.equal([]);
    expect([hears("payment.captured"), hears("payment.refunded")]).to.deep.equal([false, false]);
    expect(said()).to.deep.equal([["warn", "hook.absent", "payment.captured"]]);
  });

  it("is nobody, without a word, where that was said", () => {
    const { hears, said } = listeners({});
    expect(hears("payment.captured")).to.equal(false);
    expect(said()).to.deep.equal([]);
  });

  it("are others where the work is done elsewhere", () => {
    const { hears, said } = listeners(undefined, false);
    expect(hears("payment.captured")).to.equal(true);
    expect(said()).to.deep.equal([]);
  });

  it("is the hook of an event, and nobody of those without", () => {
    const { hears, said } = listeners({ "payment.captured": () => undefined });
    expect([hears("payment.captured"), hears("payment.refunded")]).to.deep.equal([true, false]);
    expect(said()).to.deep.equal([]);
  });
});

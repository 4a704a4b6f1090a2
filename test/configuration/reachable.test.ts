import { expect } from "chai";
import { createAntom } from "../../lib/index.js";
import { memoryStorage } from "../../lib/storage/memory.js";
import { VALID } from "./options.js";

describe("a notify URL that Antom cannot reach", () => {
  const warnings = async (options: object): Promise<object[]> => {
    const said: object[] = [];
    const nothing = (): void => undefined;
    const logger = { debug: nothing, info: nothing, error: nothing, warn: (fields: object) => said.push(fields) };
    const antom = createAntom({ ...VALID, storage: memoryStorage(), worker: false, logger, ...options });
    await antom.start();
    await antom.stop();
    return said;
  };
  const publicUrl = "http://localhost:3000/payments";

  it("is told of at start, once", async () => {
    expect(await warnings({ gateway: "asia", publicUrl })).to.deep.equal([
      { event: "notify.unreachable", notifyUrl: `${publicUrl}/notify` },
    ]);
  });

  it("is none where the simulator sends them, or where they have an address of their own", async () => {
    expect(await warnings({ gateway: "http://localhost:3001", publicUrl })).to.deep.equal([]);
    expect(await warnings({ gateway: "asia" })).to.deep.equal([]);
    const urls = { notify: "https://tunnel.example/payments/notify" };
    expect(await warnings({ gateway: "asia", publicUrl, urls })).to.deep.equal([]);
  });
});

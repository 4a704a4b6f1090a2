import { expect } from "chai";
import { storageConformance } from "../../lib/storage/conformance.js";
import { memoryStorage } from "../../lib/storage/memory.js";

storageConformance(
  { describe, it },
  {
    name: "memoryStorage",
    create: () => Promise.resolve({ storages: [memoryStorage()] }),
    without: {
      crashes: "It forgets all with the process, and warns of it in production.",
      instances: "What it keeps is in one process's memory.",
    },
  },
);

describe("memoryStorage", () => {
  const environment = process.env["NODE_ENV"];
  const listeners = process.listeners("warning");
  let warnings: Error[] = [];
  const keep = (warning: Error): void => {
    warnings.push(warning);
  };

  beforeEach(() => {
    warnings = [];
    process.removeAllListeners("warning");
    process.on("warning", keep);
  });

  afterEach(() => {
    process.off("warning", keep);
    for (const listener of listeners) process.on("warning", listener);
    if (environment === undefined) delete process.env["NODE_ENV"];
    else process.env["NODE_ENV"] = environment;
  });

  const settled = (): Promise<void> => new Promise((resolve) => setImmediate(resolve));

  it("says of itself that it forgets", async () => {
    const { kind, text, isDurable } = (await memoryStorage().describe?.()) ?? {};
    expect([kind, isDurable]).to.deep.equal(["memory", false]);
    expect(text).to.include("forgets every payment");
  });

  it("warns once, in a plain sentence, when it is used in production", async () => {
    process.env["NODE_ENV"] = "production";
    const storage = memoryStorage();
    await storage.start();
    await settled();
    expect(warnings).to.have.lengthOf(1);
    expect(warnings[0]?.message).to.match(/forgets every payment.*sqliteStorage\(\)/);
    expect(warnings[0]).to.include({ name: "AntomWarning", code: "ANTOM_MEMORY_STORAGE" });
  });

  it("is silent elsewhere", async () => {
    process.env["NODE_ENV"] = "test";
    memoryStorage();
    await settled();
    expect(warnings).to.deep.equal([]);
  });
});

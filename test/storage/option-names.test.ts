import { expect } from "chai";
import { Pool } from "pg";
import { AntomError } from "../../lib/index.js";
import { memoryStorage } from "../../lib/storage/memory.js";
import { postgresStorage } from "../../lib/storage/postgres.js";
import { sqliteStorage } from "../../lib/storage/sqlite.js";

const refusal = (make: () => unknown): AntomError => {
  try {
    make();
  } catch (error) {
    if (error instanceof AntomError && error.code === "configuration_invalid") return error;
    throw error;
  }
  throw new Error("it was taken");
};

describe("the options of a storage", () => {
  const pool = new Pool();
  const onPool = (options: unknown) => () => postgresStorage(pool, options as object);
  const inFile = (options: unknown) => () => sqliteStorage("payments.db", options as object);

  it("are taken where each is known", () => {
    expect(onPool({ schema: "shop", timeout: 10, acceptFsyncOff: true, preparedStatements: false })).not.to.throw();
    expect(onPool({ schema: undefined })).not.to.throw();
    expect(inFile({ driver: undefined, busyTimeout: 10 })).not.to.throw();
  });

  for (const [what, make, says] of [
    ["schema", onPool({ shema: "shop" }), 'shema is not an option; did you mean "schema"?'],
    ["timeout", onPool({ timeOut: 1 }), 'did you mean "timeout"?'],
    ["nothing near", onPool({ table: 1 }), "there are schema, timeout, acceptFsyncOff, preparedStatements"],
    ["an object", onPool("shop"), 'the options must be an object: postgresStorage(pool, { schema: "antom" })'],
    ["driver", inFile({ drvier: Date }), 'drvier is not an option; did you mean "driver"?'],
    ["busyTimeout", inFile({ timeout: 1 }), "there are driver, busyTimeout"],
    ["something", inFile(null), "the options must be an object"],
  ] as const) {
    it(`are refused where ${what} was meant`, () => {
      const error = refusal(make);
      expect(error.message).to.contain(says);
      expect(error.problems[0]?.message).to.contain(says);
    });
  }
});

describe("what a storage says is wrong, in its message", () => {
  it("is said of options", async () => {
    expect(refusal(() => postgresStorage(new Pool(), { schema: "Shop" })).message).to.contain("Give small letters");
    expect(refusal(() => postgresStorage(new Pool(), { timeout: -1 })).message).to.contain("Give milliseconds");
    expect(refusal(() => sqliteStorage("payments.db", { busyTimeout: -1 })).message).to.contain("Give milliseconds");
    const driver = Date as unknown as NonNullable<NonNullable<Parameters<typeof sqliteStorage>[1]>["driver"]>;
    const unusable = await sqliteStorage("payments.db", { driver })
      .start()
      .catch((error: unknown) => error);
    expect(unusable).to.have.property("message").that.contains("Give the class that");
  });

  it("is said of queries", async () => {
    const storage = memoryStorage();
    const messageOf = (call: Promise<unknown>) =>
      call.then(
        () => "none",
        (error: unknown) => (error as AntomError).message,
      );
    expect(await messageOf(storage.list({ limit: 1, amount: "19.99" }))).to.contain("amount: Give a whole number");
    expect(await messageOf(storage.list({ limit: 0 }))).to.contain("Give a whole number from 1 on");
    expect(await messageOf(storage.list({ limit: 1, after: "x" }))).to.contain("Hand back the `next`");
    expect(await messageOf(storage.overview({ from: 2, to: 1 }))).to.contain("Give one that is not before");
  });
});

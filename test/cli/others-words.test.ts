import { expect } from "chai";
import { run } from "../../lib/cli/run.js";
import { fakeTerminal, type FakeTerminal } from "./fake-terminal.js";
import { startShopAtWork, type ShopAtWork } from "./shop-at-work.js";

/** Wipes the line, begins it anew, ends it, and turns the rest around, in both of the ways that a terminal is steered. */
const STEERING = "1001\r\u001b[2K\u009b2K\u2028\u202e\nAll is well";

/** All that no line may hold. */
const UNSEEN = /[\p{Cc}\p{Cf}\p{Zl}\p{Zp}]/u;

describe("what others wrote, in the terminal", function () {
  this.timeout(60_000);
  let shop: ShopAtWork;
  let id: string;

  before(async () => {
    shop = await startShopAtWork({ worker: false });
    id = await shop.authorized({ orderId: STEERING });
  });
  after(() => shop.stop());

  const given = async (...args: readonly string[]): Promise<FakeTerminal> => {
    const terminal = fakeTerminal(shop.folder, true);
    await run(args, terminal);
    return terminal;
  };

  it("cannot rewrite a question", async () => {
    for (const command of [["capture"], ["void"], ["refund"], ["increase", "--amount", "25.00"]]) {
      const [name = "", ...flags] = command;
      const { questions } = await given("payments", name, id, ...flags);
      expect(questions, name).to.have.lengthOf(1);
      expect(questions[0], name)
        .to.include("(order 1001 [2K 2K All is well)")
        .and.match(/\? \[y\/N\] $/)
        .and.not.match(UNSEEN);
    }
  });

  it("cannot write lines of its own", async () => {
    for (const command of [["migrate"], ["payments", "list"], ["payments", "show", id]]) {
      const { out } = (await given(...command)).written;
      expect(out, command.join(" ")).to.include("1001 [2K 2K All is well");
      for (const line of out.split("\n")) expect(line, command.join(" ")).to.not.match(UNSEEN);
    }
  });

  it("cannot steer where Antom's silence is told, or an error", async () => {
    shop.write("steering.mjs", `throw new Error(${JSON.stringify(`no vault\nat all${STEERING}`)});`);
    const { err } = (await given("migrate", "--config", "steering.mjs")).written;
    expect(err).to.include("could not be loaded: no vault\nat all1001 [2K 2K \nAll is well");
    for (const line of err.split("\n")) expect(line).to.not.match(UNSEEN);
    shop.configure("silent.mjs", {}, `transport: () => Promise.reject(new Error(${JSON.stringify(STEERING)})),`);
    const { out } = (await given("payments", "void", id, "--yes", "--config", "silent.mjs")).written;
    expect(out).to.include("ends is not known yet").and.include("1001 [2K 2K All is well");
    for (const line of out.split("\n")) expect(line).to.not.match(UNSEEN);
  });

  it("is in the document as it is, and steers nothing from there", async () => {
    const { out } = (await given("payments", "show", id, "--json")).written;
    for (const line of out.split("\n")) expect(line).to.not.match(UNSEEN);
    expect(JSON.parse(out)).to.have.nested.property("payment.orderId", STEERING);
  });
});

import { expect } from "chai";
import { isAntomError } from "../../../lib/errors.js";
import { Life } from "../../../lib/storage/postgres/life.js";
import { gate } from "./gate.js";

describe("the starts and stops of a PostgreSQL storage", () => {
  it("come one after the other, also where a start that takes long was given up by two stops", async () => {
    const long = gate();
    const seen: string[] = [];
    let begun = 0;
    const life = new Life({
      begin: async (isWanted) => {
        const nth = ++begun;
        seen.push(`begin ${nth}`);
        if (nth === 1) await long.passed;
        seen.push(`${isWanted() ? "begun" : "let go"} ${nth}`);
        if (!isWanted()) throw new Error("nobody wants it");
      },
      end: () => {
        seen.push("end");
        return Promise.resolve();
      },
      patience: 10,
    });
    const first = life.start().catch((error: unknown) => error);
    await life.stop();
    await life.stop();
    const second = life.start();
    await new Promise((resolve) => setImmediate(resolve));
    long.open();
    await second;
    const refused = await first;
    expect(isAntomError(refused) && refused.code).to.equal("storage_unavailable");
    expect(seen).to.deep.equal(["begin 1", "end", "end", "let go 1", "begin 2", "begun 2"]);
  });
});

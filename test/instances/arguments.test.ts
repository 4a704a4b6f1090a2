import { expect } from "chai";
import { readArguments } from "./arguments.js";

describe("the arguments of the run of several instances", () => {
  it("have defaults, but for the seed", () => {
    expect(readArguments(["--seed", "7"])).to.deep.equal({
      storage: "sqlite",
      instances: 3,
      rounds: 1000,
      seconds: 60,
      minutes: 60,
      seed: "7",
    });
  });

  it("are refused with what they may be", () => {
    expect(readArguments(["--storage", "paper"])).to.equal("--storage must be sqlite or postgres");
    expect(readArguments(["--instances", "1"])).to.equal("--instances must be from 2 to 8");
    expect(readArguments(["--rounds", "0"])).to.equal("--rounds must be a whole number from 1");
    expect(readArguments(["--seed", "a b"])).to.match(/^--seed must be/);
    expect(readArguments(["--flaw", "none"])).to.match(/^--flaw must be one of opens-blindly, settles-late/);
    expect(readArguments(["--round", "7"])).to.include("--round");
  });
});

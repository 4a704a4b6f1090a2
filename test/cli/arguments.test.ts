import { expect } from "chai";
import { readArguments, type Typed } from "../../lib/cli/arguments.js";
import { COMMANDS } from "../../lib/cli/commands.js";
import { CommandError, EXIT } from "../../lib/cli/exit.js";
import { helpText } from "../../lib/cli/help.js";

const understood = (...argv: readonly string[]): Typed => {
  const typed = readArguments(argv, COMMANDS);
  if (!("command" in typed)) throw new Error("help was understood");
  return typed;
};

const refusal = (...argv: readonly string[]): string => {
  try {
    readArguments(argv, COMMANDS);
  } catch (error) {
    if (!(error instanceof CommandError)) throw error;
    expect(error.exit).to.equal(EXIT.usage);
    return error.message;
  }
  throw new Error(`${argv.join(" ")} was understood`);
};

describe("the program's command line", () => {
  it("may have its flags anywhere", () => {
    for (const argv of [
      ["payments", "capture", "P1", "--amount", "5.00", "-y"],
      ["--amount=5.00", "-y", "payments", "capture", "P1"],
      ["payments", "--yes", "capture", "--amount", "5.00", "--", "P1"],
    ]) {
      const { command, operand, values } = understood(...argv);
      expect([command.name, operand]).to.deep.equal(["payments capture", "P1"]);
      expect([...values.keys()]).to.have.members(["amount", "yes"]);
      expect(values.get("amount")).to.deep.equal(["5.00"]);
    }
  });

  it("takes a lone dash for standard input, and a flag several times where that means something", () => {
    const { operand, values } = understood("notify", "replay", "-", "--header", "A: 1", "--header", "B: 2");
    expect(operand).to.equal("-");
    expect(values.get("header")).to.deep.equal(["A: 1", "B: 2"]);
  });

  it("is told what a misspelt command or flag was meant to be", () => {
    expect(refusal("paymnts", "list")).to.include("did you mean payments?");
    expect(refusal("payments", "captur", "P1")).to.include("did you mean capture?");
    expect(refusal("payments", "list", "--serch", "x")).to.include("did you mean --search?");
    expect(refusal("chek")).to.include("did you mean check?");
  });

  it("is told what there is where nothing is near", () => {
    expect(refusal("dance")).to.include("keys, check, migrate, move, simulator, payments, hooks, notify");
    expect(refusal("hooks", "dance")).to.include("there are list, redeliver");
    expect(refusal("keys", "--rainbow")).to.include("it has --json, --help, --out");
    expect(refusal("payments")).to.include("payments what?");
    expect(refusal()).to.include("Which command?");
  });

  it("is refused a flag of another command", () => {
    expect(refusal("payments", "void", "P1", "--amount", "5.00")).to.include("payments void has no --amount");
  });

  it("is refused a flag without its value, with one too many, or twice", () => {
    expect(refusal("payments", "list", "--status")).to.include("--status needs a value: --status STATUS");
    expect(refusal("payments", "list", "--status", "--json")).to.include("--status needs a value");
    expect(refusal("payments", "capture", "P1", "--amount", "-5")).to.include("--amount needs a value");
    expect(refusal("payments", "list", "--json=yes")).to.include("--json takes no value");
    expect(refusal("payments", "list", "--limit", "1", "--limit", "2")).to.include("--limit is given twice");
  });

  it("is refused words too few or too many", () => {
    expect(refusal("payments", "show")).to.include("payments show needs ID");
    expect(refusal("payments", "show", "P1", "P2")).to.include('what to do with "P2"');
    expect(refusal("keys", "please")).to.include('what to do with "please"');
  });

  it("asks for help of all, of a group or of one command, whatever else stands there", () => {
    const about = (...argv: readonly string[]) => {
      const wanted = readArguments(argv, COMMANDS);
      return "about" in wanted ? wanted.about : "no help";
    };
    expect(about("--help")).to.equal(undefined);
    expect(about("help")).to.equal(undefined);
    expect(about("payments", "-h")).to.equal("payments");
    expect(about("help", "hooks", "list")).to.have.property("name", "hooks list");
    expect(about("payments", "capture", "--amont", "--help")).to.have.property("name", "payments capture");
  });
});

describe("the program's help", () => {
  it("names every command, and of each every flag", () => {
    const all = helpText(undefined, COMMANDS);
    for (const command of COMMANDS) {
      expect(all).to.include(`  ${command.name}`).and.include(command.summary);
      const one = helpText(command, COMMANDS);
      for (const [name, { text }] of Object.entries(command.flags)) {
        expect(one)
          .to.match(new RegExp(`--${name}[ \n]`))
          .and.include(text);
      }
      expect(one).to.include("--json").and.include("-h, --help");
    }
  });

  it("fits a terminal of 140 columns, and ends in a newline", () => {
    for (const about of [undefined, "payments", ...COMMANDS]) {
      const text = helpText(about, COMMANDS);
      expect(text.split("\n").filter((line) => line.length > 140)).to.deep.equal([]);
      expect(text.endsWith("\n")).to.equal(true);
    }
  });
});

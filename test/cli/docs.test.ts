import { expect } from "chai";
import { readArguments } from "../../lib/cli/arguments.js";
import { CONFIGURED, GENERAL } from "../../lib/cli/command.js";
import { COMMANDS } from "../../lib/cli/commands.js";
import { EXIT } from "../../lib/cli/exit.js";
import { page, PAGES, rowsIn, section } from "../docs/pages.js";

describe("docs/cli.md", () => {
  const cli = page("docs/cli.md");

  it("names every command, and no other", () => {
    const [table = ""] = section(cli, "Commands").split("### ");
    const named = rowsIn(table).flatMap(([first = ""]) => /^`(.+)`$/.exec(first)?.[1] ?? []);
    expect(named).to.deep.equal(COMMANDS.map(({ name }) => name));
  });

  it("tells of every flag in the section of its command", () => {
    const general = new Set(Object.keys({ ...GENERAL, ...CONFIGURED, yes: 0 }));
    for (const { name, flags } of COMMANDS) {
      const [heading = ""] = name.split(" ");
      const told = section(cli, name === "notify replay" ? name : heading);
      for (const flag of Object.keys(flags)) {
        if (!general.has(flag)) expect(told, name).to.include(`--${flag}`);
      }
    }
    for (const flag of ["json", "config", "env-file", "yes", "help"]) expect(cli.text).to.include(`--${flag}`);
  });

  it("prints every exit status", () => {
    const rows = rowsIn(section(cli, "Exit status")).flatMap(([first = ""]) =>
      /^\d+$/.test(first) ? [Number(first)] : [],
    );
    expect(rows).to.deep.equal(Object.values(EXIT));
  });

  it("shows commands that are understood, as every other page does", () => {
    const lines = PAGES.flatMap(({ samples }) => samples)
      .filter(({ language }) => language === "sh")
      .flatMap(({ code }) => code.split("\n").filter((line) => line.startsWith("npx express-antom ")));
    expect(lines.length).to.be.greaterThan(5);
    for (const line of lines) {
      const words = line.match(/'[^']*'|\S+/g) ?? [];
      expect(() => readArguments(words.slice(2), COMMANDS), line).to.not.throw();
    }
  });
});

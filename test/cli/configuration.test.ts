import { join } from "node:path";
import { pathToFileURL } from "node:url";
import { expect } from "chai";
import { run } from "../../lib/cli/run.js";
import type { AntomOptions } from "../../lib/index.js";
import { fakeTerminal } from "./fake-terminal.js";
import { newWorkplace, type Workplace } from "./program.js";

describe("the program's configuration", () => {
  let place: Workplace;
  let count = 0;

  before(() => {
    place = newWorkplace();
  });
  after(() => {
    place.remove();
  });

  /** Runs a command that needs one, with a module of this text; each has a name of its own, as modules are loaded once. */
  const withModule = async (text: string, extension = "mjs"): Promise<{ status: number; err: string }> => {
    const terminal = fakeTerminal(place.folder);
    const name = `configuration-${++count}.${extension}`;
    place.write(name, text);
    const status = await run(["migrate", "--config", name], terminal);
    return { status, err: terminal.written.err };
  };

  it("is asked for, with a sample, where there is none", async () => {
    const terminal = fakeTerminal(place.folder);
    expect(await run(["payments", "list"], terminal)).to.equal(3);
    expect(terminal.written.err).to.include("There is no antom.config.mjs in ").and.include("export default {");
    expect(await run(["payments", "list", "--config", "elsewhere.mjs"], terminal)).to.equal(3);
    expect(terminal.written.err).to.include("There is no file elsewhere.mjs.");
  });

  it("has a sample that works as it stands", async () => {
    const terminal = fakeTerminal(place.folder);
    await run(["payments", "list"], terminal);
    const sample = terminal.written.err
      .split("\n")
      .filter((line) => line.startsWith("  "))
      .join("\n");
    const storage = pathToFileURL(join(__dirname, "../../lib/storage/sqlite.ts")).href;
    place.write("sample.mjs", sample.replace("express-antom/storage/sqlite", storage));
    const { ANTOM_GATEWAY, PUBLIC_URL } = process.env;
    Object.assign(process.env, { ANTOM_GATEWAY: "http://127.0.0.1:9", PUBLIC_URL: "http://localhost:8080/pay" });
    try {
      const { default: options } = (await import(pathToFileURL(join(place.folder, "sample.mjs")).href)) as {
        default: AntomOptions;
      };
      expect(options).to.include({ gateway: "http://127.0.0.1:9", publicUrl: "http://localhost:8080/pay" });
      expect(options.order({ body: { orderId: "1001" } } as never)).to.equal(undefined);
    } finally {
      for (const [name, value] of Object.entries({ ANTOM_GATEWAY, PUBLIC_URL })) {
        if (value === undefined) Reflect.deleteProperty(process.env, name);
        else process.env[name] = value;
      }
    }
  });

  it("is refused with every problem where the options are wrong", async () => {
    const { status, err } = await withModule('export default { clientId: "", gatway: "asia" };');
    expect(status).to.equal(3);
    expect(err).to.include('gatway: is not an option; did you mean "gateway"?').and.include("storage: must say where");
  });

  it("may be a function, also one of promises, and CommonJS", async () => {
    for (const [text, extension] of [
      ["export default () => ({ clientId: '' });", "mjs"],
      ["export default async () => ({ clientId: '' });", "mjs"],
      ["module.exports = { clientId: '' };", "cjs"],
      ["module.exports = async () => ({ clientId: '' });", "cjs"],
      ["exports.__esModule = true; exports.default = { clientId: '' };", "cjs"],
    ] as const) {
      const { status, err } = await withModule(text, extension);
      expect([status, text]).to.deep.equal([3, text]);
      expect(err, text).to.include("clientId: must be the client id from Antom's dashboard");
    }
  });

  it("is refused where it gives something else, or cannot be loaded", async () => {
    for (const [text, words] of [
      ["export const options = {};", "its default export is missing"],
      ["export default 'SANDBOX_1';", "its default export is a string"],
      ["export default null;", "its default export is null"],
      ["export default [];", "its default export is empty"],
      ["throw new Error('the vault is closed');", "could not be loaded: the vault is closed"],
      ["export default () => { throw new Error('no vault'); };", "could not be loaded: no vault"],
      ["import 'a-package-that-is-not-there';", "Is everything it imports installed"],
    ] as const) {
      const { status, err } = await withModule(text);
      expect([status, text]).to.deep.equal([3, text]);
      expect(err, text).to.include(words);
    }
  });

  it("may read its environment from a file", async () => {
    place.write("shop.env", "CLI_TEST_CLIENT=from-the-file\n");
    place.write("env.mjs", "export default { clientId: process.env.CLI_TEST_CLIENT, nothing: 1 };");
    const terminal = fakeTerminal(place.folder);
    try {
      expect(await run(["migrate", "--config", "env.mjs", "--env-file", "shop.env"], terminal)).to.equal(3);
    } finally {
      delete process.env["CLI_TEST_CLIENT"];
    }
    expect(terminal.written.err).to.include("nothing: is not an option").and.not.include("clientId");
    expect(await run(["migrate", "--config", "env.mjs", "--env-file", "none.env"], terminal)).to.equal(3);
    expect(terminal.written.err).to.include("none.env could not be read");
  });
});

import { execFileSync } from "node:child_process";
import { mkdirSync, rmSync, writeFileSync } from "node:fs";
import path from "node:path";
import { expect } from "chai";
import { version } from "express/package.json";
import { isPair, privateKey, publicKey } from "../../lib/gateway/keys.js";
import { newFolder, npm, packTarball } from "./tarball.js";

describe("the program in the packed tarball", () => {
  const folder = newFolder();
  const shop = path.join(folder, "shop");

  before(() => {
    mkdirSync(shop);
    const dependencies = { "express-antom": `file:${packTarball(folder)}`, express: version };
    writeFileSync(path.join(shop, "package.json"), JSON.stringify({ private: true, dependencies }));
    npm(shop, "install", "--prefer-offline", "--no-audit", "--no-fund", "--ignore-scripts");
  });
  after(() => {
    rmSync(folder, { recursive: true, force: true });
  });

  const npx = (...args: readonly string[]): string =>
    execFileSync("npx", ["--no-install", "express-antom", ...args], {
      cwd: shop,
      encoding: "utf8",
      shell: process.platform === "win32",
    });

  it("explains itself", () => {
    expect(npx("--help")).to.include("Usage: npx express-antom COMMAND").and.include("payments capture ID");
  });

  it("makes keys", () => {
    const { privateKey: secret, publicKey: open } = JSON.parse(npx("keys", "--json")) as Record<string, string>;
    expect(isPair(privateKey(secret), publicKey(open))).to.equal(true);
  });
});

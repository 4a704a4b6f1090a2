import { execFileSync } from "node:child_process";
import { readFileSync, rmSync, statSync } from "node:fs";
import path from "node:path";
import { expect } from "chai";
import { publint } from "publint";
import { formatMessage } from "publint/utils";
import manifest from "../../package.json";
import { newFolder, packTarball, ROOT, run } from "./tarball.js";

describe("the packed tarball", () => {
  const folder = newFolder();
  let tarball = "";
  let files: string[] = [];

  before(() => {
    tarball = packTarball(folder);
    files = execFileSync("tar", ["-tzf", tarball], { encoding: "utf8" }).trim().split("\n");
  });

  after(() => {
    rmSync(folder, { recursive: true, force: true });
  });

  it("holds every file that exports names", () => {
    const named = Object.values(manifest.exports).flatMap((entry) =>
      typeof entry === "string" ? [entry] : [...Object.values(entry.import), ...Object.values(entry.require)],
    );
    expect(files).to.include.members(named.map((file) => path.posix.join("package", file)));
  });

  it("holds compiled code, its types and the papers, and nothing else", () => {
    const strange = files.filter(
      (file) =>
        !/^package\/dist\/.+\.(?:js|mjs|d\.ts|d\.mts)$/.test(file) &&
        !/^package\/(?:package\.json|README\.md|CHANGELOG\.md|LICENSE)$/.test(file),
    );
    expect(strange).to.deep.equal([]);
    expect(files).to.include.members(["package/README.md", "package/CHANGELOG.md", "package/LICENSE"]);
  });

  it("declares what its entries lead to, and nothing that nobody can import", () => {
    const declared = files.filter((file) => /\.d\.m?ts$/.test(file));
    expect(declared).to.include.members(["package/dist/payment/payment.d.ts", "package/dist/index.d.mts"]);
    expect(declared).not.to.include.members(["package/dist/ledger/doubt.d.ts"]);
    expect(declared.filter((file) => file.startsWith("package/dist/cli/"))).to.deep.equal([]);
  });

  it("stays small", () => {
    expect(statSync(tarball).size).to.be.lessThan(550_000);
  });

  it("has nothing for publint to say, strictly taken", async () => {
    const bytes = readFileSync(tarball);
    const { messages } = await publint({
      strict: true,
      pack: { tarball: bytes.buffer.slice(bytes.byteOffset, bytes.byteOffset + bytes.byteLength) },
    });
    expect(messages.map((message) => formatMessage(message, manifest))).to.deep.equal([]);
  });

  it("has the types that each way of importing it really gets", () => {
    const attw = path.join(ROOT, "node_modules/@arethetypeswrong/cli/dist/index.js");
    // TypeScript's resolution from before `exports` can only see the main entry; the profile leaves it out.
    run(folder, attw, tarball, "--profile", "node16", "--format", "ascii");
  });
});

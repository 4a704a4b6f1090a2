import { cpSync, existsSync, readdirSync, rmSync, writeFileSync } from "node:fs";
import path from "node:path";
import express4 from "express4/package.json";
import express5 from "express/package.json";
import { newFolder, npm, packTarball, ROOT, run } from "./tarball.js";

const CONSUMERS = path.join(ROOT, "test/consumers");
const TSC = path.join(ROOT, "node_modules/typescript/bin/tsc");

describe("a shop that has installed the package", () => {
  const packed = newFolder();
  let tarball = "";

  before(() => {
    tarball = packTarball(packed);
  });

  after(() => {
    rmSync(packed, { recursive: true, force: true });
  });

  for (const { version } of [express5, express4]) {
    const [major = ""] = version.split(".");

    describe(`with Express ${major}`, () => {
      const shops = newFolder();

      before(() => {
        cpSync(CONSUMERS, shops, { recursive: true });
        const dependencies = {
          "express-antom": `file:${tarball}`,
          express: version,
          "@types/express": `^${major}.0.0`,
          "@types/node": "^20.0.0",
        };
        writeFileSync(path.join(shops, "package.json"), JSON.stringify({ private: true, dependencies }));
        npm(shops, "install", "--prefer-offline", "--no-audit", "--no-fund", "--ignore-scripts");
      });

      after(() => {
        rmSync(shops, { recursive: true, force: true });
      });

      for (const consumer of readdirSync(CONSUMERS)) {
        it(`can be written as in test/consumers/${consumer}`, () => {
          const folder = path.join(shops, consumer);
          if (existsSync(path.join(folder, "tsconfig.json"))) run(folder, TSC, "-p", ".");
          run(folder, "main.js");
        });
      }
    });
  }
});

import { readFileSync, rmSync, writeFileSync } from "node:fs";
import path from "node:path";
import { expect } from "chai";
import { version as express } from "express/package.json";
import { newFolder, npm, packTarball, run } from "./tarball.js";

interface Runner {
  readonly script: string;
  readonly args: readonly string[];
  /** What the file with the suite is called, and where it has its functions from. */
  readonly file: string;
  readonly head: string;
}

const RUNNERS: Readonly<Record<string, Runner>> = {
  vitest: {
    script: "node_modules/vitest/vitest.mjs",
    args: ["run", "--reporter=json", "--outputFile=seen.json"],
    file: "storage.test.mjs",
    head: `
      import { describe, it } from "vitest";
      import { storageConformance } from "express-antom/storage/conformance";
      import { memoryStorage } from "express-antom/storage/memory";`,
  },
  jest: {
    script: "node_modules/jest/bin/jest.js",
    args: ["--json", "--outputFile=seen.json"],
    file: "storage.test.js",
    head: `
      const { describe, it } = require("@jest/globals");
      const { storageConformance } = require("express-antom/storage/conformance");
      const { memoryStorage } = require("express-antom/storage/memory");`,
  },
};

const SUITE = `
  storageConformance({ describe, it }, {
    name: "memoryStorage",
    create: () => Promise.resolve({ storages: [memoryStorage()] }),
    without: { crashes: "It forgets all with the process.", instances: "What it keeps is in one process's memory." },
  });`;

/** What vitest, too, tells in jest's words. */
interface Seen {
  readonly numPassedTests: number;
  readonly numFailedTests: number;
  readonly numTotalTests: number;
}

describe("the storage suite of the package", () => {
  for (const [name, { script, args, file, head }] of Object.entries(RUNNERS)) {
    it(`runs under the newest ${name}`, () => {
      const folder = newFolder();
      try {
        const dependencies = { "express-antom": `file:${packTarball(folder)}`, express, [name]: "*" };
        writeFileSync(path.join(folder, "package.json"), JSON.stringify({ private: true, dependencies }));
        npm(folder, "install", "--no-audit", "--no-fund", "--ignore-scripts");
        writeFileSync(path.join(folder, file), head + SUITE);
        run(folder, script, ...args);
        const seen = JSON.parse(readFileSync(path.join(folder, "seen.json"), "utf8")) as Seen;
        expect(seen.numFailedTests).to.equal(0);
        expect(seen.numPassedTests).to.be.greaterThan(120);
        expect(seen.numTotalTests).to.be.greaterThan(200);
      } finally {
        rmSync(folder, { recursive: true, force: true });
      }
    });
  }
});

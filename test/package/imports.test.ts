import { ESLint } from "eslint";
import { expect } from "chai";
import ts from "typescript-eslint";
import { ROOT } from "./tarball.js";

/** What may not stand in a room of lib, and the rule that is to see it. */
const REFUSED: readonly (readonly [room: string, code: string, rule: string])[] = [
  ["payment", 'import "../gateway/pay.js";', "no-restricted-imports"],
  ["payment", 'import "../errors.js";', "no-restricted-imports"],
  ["payment", 'import "node:fs";', "no-restricted-imports"],
  ["payment", 'import "express";', "no-restricted-imports"],
  ["gateway", 'import type { Storage } from "../storage/storage.js";', "no-restricted-imports"],
  ["gateway", 'import "../ledger/ledger.js";', "no-restricted-imports"],
  ["gateway", 'import "express";', "no-restricted-imports"],
  ["gateway", 'import { randomUUID } from "node:crypto";', "no-restricted-imports"],
  ["ledger", 'import "../routers/notify.js";', "no-restricted-imports"],
  ["ledger", 'import "../pages/html.js";', "no-restricted-imports"],
  ["ledger", 'import "express";', "no-restricted-imports"],
  ["storage", 'import "../ledger/ledger.js";', "no-restricted-imports"],
  ["storage/sqlite", 'import "../../gateway/pay.js";', "no-restricted-imports"],
  ["storage/conformance", 'import { it } from "node:test";', "no-restricted-imports"],
  ["storage/conformance", 'import "mocha";', "no-restricted-imports"],
  ["storage/conformance", 'import "../../ledger/ledger.js";', "no-restricted-imports"],
  ["pages", 'import "../storage/storage.js";', "no-restricted-imports"],
  ["pages", 'import "../routers/page.js";', "no-restricted-imports"],
  ["routers", 'import "../simulator/options.js";', "no-restricted-imports"],
  ["routers", 'import "../antom.js";', "no-restricted-imports"],
  ["simulator", 'import "../ledger/ledger.js";', "no-restricted-imports"],
  ["simulator/api", 'import "../../storage/storage.js";', "no-restricted-imports"],
  ["simulator", 'import "../antom.js";', "no-restricted-imports"],
  ["configuration", 'import "axios";', "no-restricted-imports"],
  ["payment", "export const at = Date.now();", "no-restricted-properties"],
  ["ledger", "export const at = new Date();", "no-restricted-syntax"],
  ["routers", "setTimeout(() => undefined, 1);", "no-restricted-globals"],
  ["gateway", "export const dice = Math.random();", "no-restricted-properties"],
];

const ACCEPTED: readonly (readonly [room: string, code: string])[] = [
  ["payment", 'import "./amount.js";'],
  ["gateway", 'import "../payment/amount.js"; import "../errors.js"; import { sign } from "node:crypto"; sign;'],
  ["ledger", 'import "../storage/storage.js"; import "../gateway/gateway.js"; import "../payment/payment.js";'],
  ["routers", 'import "express"; import "../ledger/ledger.js"; import "../pages/html.js";'],
  ["storage/sqlite", 'import "../storage.js"; import "../../payment/payment.js";'],
  ["storage/conformance", 'import "node:assert/strict"; import "../storage.js"; import "../../payment/payment.js";'],
  ["ledger", "export const at = new Date(0);"],
];

describe("the lint rules for what a room of lib may use", () => {
  // The samples are in no TypeScript project; the rules in question need none.
  const eslint = new ESLint({
    cwd: ROOT,
    overrideConfig: [ts.configs.disableTypeChecked, { languageOptions: { parserOptions: { projectService: false } } }],
  });
  const brokenBy = async (room: string, code: string): Promise<(string | null)[]> => {
    const results = await eslint.lintText(code, { filePath: `lib/${room}/sample.ts` });
    return results
      .flatMap(({ messages }) => messages.map(({ ruleId }) => ruleId))
      .filter((rule) => rule === null || rule.startsWith("no-restricted-"));
  };

  for (const [room, code, rule] of REFUSED) {
    it(`do not let lib/${room} have: ${code}`, async () => {
      expect(await brokenBy(room, code)).to.deep.equal([rule]);
    });
  }

  for (const [room, code] of ACCEPTED) {
    it(`let lib/${room} have: ${code}`, async () => {
      expect(await brokenBy(room, code)).to.deep.equal([]);
    });
  }
});

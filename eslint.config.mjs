import js from "@eslint/js";
import { defineConfig } from "eslint/config";
import ts from "typescript-eslint";

/**
 * Imports point one way; docs/architecture.md says why. For each room of lib: the rooms and the packages it may import.
 * What lies in no room (lib/errors.ts, lib/ports.ts, ...) is open to all of them but payment.
 *
 * @type {Record<string, { rooms: string[], packages: string[], house?: true }>}
 */
const MAY_IMPORT = {
  payment: { rooms: [], packages: ["node:util"] },
  gateway: { rooms: ["payment"], packages: ["ajv", "node:.+"] },
  storage: { rooms: ["payment"], packages: ["node:.+"] },
  // It knows no runner and no adapter: describe, it and a storage are handed to it.
  "storage/conformance": { rooms: ["payment", "storage"], packages: ["node:assert/strict", "node:util"] },
  ledger: { rooms: ["payment", "gateway", "storage"], packages: ["node:.+"] },
  pages: { rooms: ["payment"], packages: ["node:crypto"] },
  routers: {
    rooms: ["payment", "gateway", "storage", "ledger", "pages"],
    packages: ["ajv", "express", "helmet", "node:.+"],
  },
  configuration: {
    rooms: ["payment", "gateway", "storage", "ledger", "pages", "routers"],
    packages: ["ajv", "express", "pino", "node:.+"],
  },
  // Where figures go. The other rooms know the port alone (lib/telemetry.ts).
  telemetry: { rooms: [], packages: ["@opentelemetry/api"] },
  simulator: { rooms: ["payment", "gateway"], packages: ["ajv", "express", "helmet", "pino", "node:.+"] },
  testing: { rooms: ["payment", "gateway", "ledger"], packages: ["node:.+"] },
  // The program stands outside and uses the whole house.
  cli: {
    rooms: ["payment", "gateway", "storage", "ledger", "pages", "routers", "configuration", "simulator"],
    packages: ["express", "pino", "node:.+"],
    house: true,
  },
};

/** Rooms that must be replayable from a seed, so that time and chance come to them from outside. */
const REPLAYABLE = ["payment", "gateway", "ledger", "routers"];

/**
 * @param {string} room
 * @param {number} depth how many folders below lib the importing file is
 */
const importsOf = (room, depth) => {
  const { rooms = [], packages = [], house = false } = MAY_IMPORT[room] ?? {};
  const closed = Object.keys(MAY_IMPORT).filter((other) => other !== room && !rooms.includes(other));
  const patterns = [
    ...(room === "payment"
      ? [{ regex: `^(\\.\\./){${depth}}`, message: "lib/payment imports nothing but itself." }]
      : closed.length > 0
        ? [{ regex: `^(\\.\\./)+(${closed.join("|")})/`, message: `lib/${room} may not import this room.` }]
        : []),
    { regex: `^(\\.\\./)+(${house ? "" : "antom|"}index|testing)\\.js$`, message: "A room does not know the house." },
    { regex: `^(?!\\.{1,2}/|(${packages.join("|")})$)`, message: `lib/${room} may not import this package.` },
  ];
  const chance = {
    name: "node:crypto",
    importNames: ["randomBytes", "randomInt", "randomUUID"],
    message: "Take a Random (lib/ports.ts).",
  };
  return { patterns, paths: REPLAYABLE.includes(room) ? [chance] : [] };
};

/** @type {import("eslint").Linter.Config[]} */
const rooms = Object.keys(MAY_IMPORT).flatMap((room) =>
  [`lib/${room}/*.ts`, `lib/${room}/*/**/*.ts`].map((files, index) => ({
    files: [files],
    rules: { "no-restricted-imports": ["error", importsOf(room, index + 1)] },
  })),
);

/** Under Jest what Node throws is no instance of the `Error` that the kit sees. */
const OWN_REALM = {
  selector: "BinaryExpression[operator='instanceof'][right.name='Error']",
  message: "Take isError or messageOf (lib/thrown.ts).",
};
const CLOCK = "Take a Clock (lib/ports.ts).";

export default defineConfig(
  { ignores: ["dist", "test/consumers", ".demo"] },
  { linterOptions: { reportUnusedDisableDirectives: "error" } },
  js.configs.recommended,
  ts.configs.strictTypeChecked,
  ts.configs.stylisticTypeChecked,
  {
    languageOptions: { parserOptions: { projectService: true, tsconfigRootDir: import.meta.dirname } },
    rules: {
      "no-console": "error",
      // TypeScript sees to it, and knows every file's globals.
      "no-undef": "off",
      "@typescript-eslint/consistent-type-imports": "error",
      "@typescript-eslint/no-unused-vars": [
        "error",
        { argsIgnorePattern: "^_", destructuredArrayIgnorePattern: "^_", ignoreRestSiblings: true },
      ],
      "@typescript-eslint/restrict-template-expressions": ["error", { allowNumber: true }],
      "@typescript-eslint/switch-exhaustiveness-check": ["error", { considerDefaultExhaustiveForUnions: true }],
    },
  },
  ...rooms,
  { files: ["lib/**/*.ts"], ignores: ["lib/thrown.ts"], rules: { "no-restricted-syntax": ["error", OWN_REALM] } },
  {
    files: REPLAYABLE.map((room) => `lib/${room}/**/*.ts`),
    // The transport is the outside.
    ignores: ["lib/gateway/transport.ts"],
    rules: {
      "no-restricted-globals": [
        "error",
        { name: "setTimeout", message: CLOCK },
        { name: "setInterval", message: CLOCK },
        { name: "setImmediate", message: CLOCK },
        { name: "performance", message: CLOCK },
        { name: "fetch", message: "Take a Transport (lib/gateway/transport.ts)." },
      ],
      "no-restricted-properties": [
        "error",
        { object: "Date", property: "now", message: CLOCK },
        { object: "AbortSignal", property: "timeout", message: CLOCK },
        { object: "Math", property: "random", message: "Take a Random (lib/ports.ts)." },
      ],
      "no-restricted-syntax": [
        "error",
        { selector: "NewExpression[callee.name='Date'][arguments.length=0]", message: CLOCK },
        OWN_REALM,
      ],
    },
  },
  {
    files: ["test/**/*.ts"],
    rules: { "@typescript-eslint/no-unused-expressions": "off", "@typescript-eslint/no-non-null-assertion": "off" },
  },
  { files: ["demo/**", "bench/**", "scripts/**"], rules: { "no-console": "off" } },
  { files: ["**/*.cjs"], rules: { "@typescript-eslint/no-require-imports": "off" } },
  // They reach into Node's own loader, of which TypeScript knows nothing.
  {
    files: ["test/**/*.cjs"],
    extends: [ts.configs.disableTypeChecked],
    languageOptions: { parserOptions: { projectService: false } },
  },
);

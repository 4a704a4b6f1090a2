import { existsSync } from "node:fs";
import { basename, resolve } from "node:path";
import { pathToFileURL } from "node:url";
import type { Antom } from "../antom.js";
import type { AntomOptions } from "../options.js";
import type { Call } from "./command.js";
import { notConfigured } from "./exit.js";
import { settled } from "./settled.js";
import { errorCode, messageOf } from "../thrown.js";

/** Where the configuration is looked for when nobody says. */
const NAMES = ["antom.config.mjs", "antom.config.js", "antom.config.cjs"] as const;

const SAMPLE = `It exports the options of createAntom, or a function that gives them, as its default:

  // antom.config.mjs
  import { sqliteStorage } from "express-antom/storage/sqlite";

  const { ANTOM_GATEWAY = "asia", PUBLIC_URL = "http://localhost:3000/payments" } = process.env;
  const orders = new Map(); // yours are in your database

  export default {
    clientId: process.env.ANTOM_CLIENT_ID,
    privateKey: process.env.ANTOM_PRIVATE_KEY,
    antomPublicKey: process.env.ANTOM_PUBLIC_KEY,
    gateway: ANTOM_GATEWAY,
    publicUrl: PUBLIC_URL,
    secret: process.env.LINK_SECRET,
    storage: sqliteStorage("payments.db"),
    order: (req) => orders.get(req.body.orderId),
    hooks: {}, // the shop's own, if it has any
  };

and the shop itself calls createAntom with the same.`;

/** What the shop's module gave: the options, or a kit it made itself, of which nothing but its public face can be had. */
export type Given =
  | { readonly file: string; readonly options: AntomOptions; readonly antom?: undefined }
  | { readonly file: string; readonly options?: undefined; readonly antom: Antom };

/**
 * Loads the shop's configuration: the file of --config, or the first there is of antom.config.mjs, .js and .cjs.
 *
 * @throws CommandError that says what is wrong with it, and what it looks like
 */
export async function loadConfig(call: Call): Promise<Given> {
  const { terminal } = call;
  const envFile = call.text("env-file");
  if (envFile !== undefined) readEnvironment(resolve(terminal.cwd, envFile));
  const named = call.text("config");
  const candidates = (named === undefined ? NAMES : [named]).map((name) => resolve(terminal.cwd, name));
  const file = candidates.find((candidate) => existsSync(candidate));
  if (file === undefined) {
    throw notConfigured(
      named === undefined
        ? `There is no ${NAMES[0]} in ${terminal.cwd}; say where the configuration is with --config FILE.\n${SAMPLE}`
        : `There is no file ${named}.`,
    );
  }
  const value = await settled(valueOf(file), () =>
    notConfigured(`${basename(file)} could not be loaded: a promise it waits for never settled.`),
  );
  if (isAntom(value)) return { file, antom: value };
  if (isOptions(value)) return { file, options: value };
  throw notConfigured(`${basename(file)} gives no options: its default export is ${nameOf(value)}.\n${SAMPLE}`);
}

function readEnvironment(file: string): void {
  try {
    process.loadEnvFile(file);
  } catch (error) {
    throw notConfigured(`${file} could not be read: ${messageOf(error)}`);
  }
}

/** The default export, what a function there gives, or what a CommonJS module exports. */
async function valueOf(file: string): Promise<unknown> {
  let value: unknown;
  try {
    value = defaultOf(await import(pathToFileURL(file).href));
    // A module compiled from ES to CommonJS has its default one level below.
    if (isObject(value) && "default" in value && "__esModule" in value) value = value.default;
    if (typeof value === "function") {
      const made: unknown = Reflect.apply(value, undefined, []);
      value = await made;
    }
  } catch (error) {
    throw notConfigured(`${basename(file)} could not be loaded: ${messageOf(error)}${hintFor(error)}`);
  }
  return value;
}

const defaultOf = (module: unknown): unknown => (isObject(module) && "default" in module ? module.default : undefined);

const hintFor = (error: unknown): string => {
  const code = errorCode(error);
  if (code === "ERR_MODULE_NOT_FOUND" || code === "MODULE_NOT_FOUND") {
    return "\nIs everything it imports installed, and this the shop's own folder?";
  }
  if (code === "ERR_UNKNOWN_FILE_EXTENSION") return "\nThis Node loads .mjs, .js and .cjs; compile it first.";
  return "";
};

const isObject = (value: unknown): value is object => typeof value === "object" && value !== null;

/** The rest createAntom checks, and says what is wrong. */
const isOptions = (value: unknown): value is AntomOptions =>
  isObject(value) && !Array.isArray(value) && Object.keys(value).length > 0;

const isAntom = (value: unknown): value is Antom =>
  isObject(value) && ["router", "notify", "payments", "start", "stop", "runDue"].every((name) => name in value);

const nameOf = (value: unknown): string =>
  value === undefined ? "missing" : value === null ? "null" : isObject(value) ? "empty" : `a ${typeof value}`;

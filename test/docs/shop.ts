/**
 * The names the samples take for granted: the shop's own, and those that a sample above has imported. A sample that uses one of
 * them without declaring it is compiled, and run, as though it had imported it from here.
 */

import { randomBytes } from "node:crypto";
import express from "express";
import {
  AntomError,
  createAntom,
  isAntomError,
  type AntomOptions,
  type Amount,
  type Storage,
  type Transport,
} from "../../lib/index.js";
import { memoryStorage } from "../../lib/storage/memory.js";
import { sqliteStorage } from "../../lib/storage/sqlite.js";
import { eventRecorder, manualClock, signedNotification, testKeys } from "../../lib/testing.js";
import { pino } from "pino";
import { storageConformance } from "../../lib/storage/conformance.js";

export { AntomError, createAntom, eventRecorder, express, isAntomError, manualClock, memoryStorage, pino };
export { signedNotification, sqliteStorage, storageConformance, testKeys };

export const shopKeys = testKeys();
export const antomKeys = testKeys();

/** The options that are required. */
export const shop: AntomOptions = {
  clientId: "SANDBOX_5YSHOP",
  privateKey: shopKeys.privateKey,
  antomPublicKey: antomKeys.publicKey,
  gateway: "http://127.0.0.1:9",
  publicUrl: "https://shop.example/payments",
  secret: "a secret of the samples, long enough",
  storage: memoryStorage(),
  order: () => ({ orderId: "1001", description: "Green tea, 250 g", amount: { currency: "EUR", value: "1999" } }),
  logger: false,
};
export const antom = createAntom(shop);
export const app = express();

export const oldAntomKey = antomKeys.publicKey;
export const newAntomKey = testKeys().publicKey;
export const oldSecret = "the old secret of the samples, long enough";
export const newSecret = "the new secret of the samples, long enough";
export const oldCardKey = randomBytes(32).toString("base64");
export const newCardKey = randomBytes(32).toString("base64");
export const throughProxy: Transport = () => Promise.reject(new Error("there is no proxy"));
/** A client that goes through the shop's proxy. */
export const proxy = {
  post: (
    _url: string,
    _request: { headers: Readonly<Record<string, string>>; body: Buffer; signal: AbortSignal },
  ): Promise<{ status: number; headers: Record<string, string>; buffer: () => Promise<Buffer> }> =>
    Promise.reject(new Error("there is no proxy")),
  isBroken: (error: unknown): boolean => error instanceof Error && "code" in error && error.code === "ECONNRESET",
};

export const id = "PAY00000000000000000000000000";
export const payment: { id: string; amount: Amount } = { id, amount: { currency: "EUR", value: "1999" } };
export const origin = "http://localhost:3000";

type Done = Promise<void>;
const done = (): Done => Promise.resolve();

export const orders = {
  reserve: (_orderId: string, _paymentId: string): Done => done(),
  askToPay: (_orderId: string): Done => done(),
  costs: (_orderId: string, _amount: Amount) => Promise.resolve(true),
  shipIfPaid: (_orderId: string, _amount: Amount): Done => done(),
  release: (_orderId: string, _paymentId: string): Done => done(),
};
export const warehouse = {
  ship: (_orderId: string, _how: { reference: string; signal: AbortSignal }): Done => done(),
  soldOut: (_orderId: string) => Promise.resolve<string | undefined>("500"),
};
export const mail = { toStaff: (_text: string): Done => done() };
export const books = {
  refund: (_orderId: string, _amount: Amount | undefined, _how: { attempt: number }): Done => done(),
};
export const carts = {
  placeOrder: (_req: express.Request) =>
    Promise.resolve<PlacedOrder | undefined>({
      id: "1001",
      buyerId: "7",
      email: "buyer@example.com",
      totalInCents: 1999,
    }),
};
export const sessions = {
  buyerId: (_req: express.Request) => Promise.resolve<string | undefined>("7"),
  staff: (_req: express.Request) => Promise.resolve<Staff | undefined>({ name: "Ada", role: "accounts" }),
};
interface Staff {
  name: string;
  role: "accounts" | "support";
}
/** Lets nobody past who has not signed in as staff. */
export const requireStaff: express.RequestHandler = (_req, _res, next) => {
  next();
};
interface PlacedOrder {
  id: string;
  buyerId: string;
  email: string;
  totalInCents: number;
}

interface Transaction {
  /** Whether there was none with that id. */
  insertOnce(table: string, row: { id: string }): Promise<boolean>;
  update(table: string, id: string, change: object): Promise<void>;
}
const transaction: Transaction = { insertOnce: () => Promise.resolve(true), update: done };
export const database = {
  transaction: <T>(work: (transaction: Transaction) => Promise<T>): Promise<T> => work(transaction),
};

/** A database of the shop's own, and a storage in it. */
export interface OurDatabase {
  query(sql: string): Promise<unknown[]>;
}
export const emptyDatabase = (): Promise<OurDatabase> => Promise.resolve({ query: () => Promise.resolve([]) });
export const ourStorage = (_database: OurDatabase): Storage => memoryStorage();

/** What a line of a sample stands for that begins with an ellipsis: the other steps of a storage. */
export const elided: Omit<Storage, "start"> = memoryStorage();

/** A browser's, for the samples that run in one. */
export const document = new EventTarget();

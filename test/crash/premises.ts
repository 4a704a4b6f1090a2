import type { Observation } from "../../lib/payment/observation.js";
import type { Payment } from "../../lib/payment/payment.js";
import type { Storage } from "../../lib/storage/storage.js";
import type { BookLine } from "./books.js";
import type { Dice } from "./dice.js";
import { postgresPremises } from "./postgres-premises.js";
import type { StorageKind } from "./points.js";
import type { Keeping } from "./shop/task.js";
import { sqlitePremises } from "./sqlite-premises.js";

/** Where the databases of a run are. */
export interface Premises {
  /** An empty database for the shops of one stretch. */
  database(folder: string): Promise<Database>;
  /** How often the whole server was killed, where there is one. */
  readonly crashes: number;
  close(): Promise<void>;
}

/** A database, and what can be seen of it from outside while shops are at work on it. */
export interface Database {
  readonly keeping: Keeping;
  /** What is committed of a payment at this moment. */
  payment(id: string): Promise<Payment | undefined>;
  /** What has been acknowledged of it and is to take effect; each on its own. */
  putOff(id: string): Promise<readonly Observation[]>;
  /** For reading all of it at the end. */
  storage(): Storage;
  /** What hooks wrote in transactions of their events; undefined where they cannot. */
  books(): Promise<readonly BookLine[] | undefined>;
  /** Lets connections break from now on; the returned function ends it and tells how many there were. */
  spoil(dice: Dice): () => number;
  close(): Promise<void>;
}

/** @param dice for what goes wrong with the whole of it */
export const premisesFor = (storage: StorageKind, dice: Dice): Promise<Premises> =>
  storage === "sqlite" ? Promise.resolve(sqlitePremises()) : postgresPremises(dice);

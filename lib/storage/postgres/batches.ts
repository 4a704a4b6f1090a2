import { Batch } from "./batch.js";
import { commitWork } from "./commit.js";
import type { Database } from "./database.js";
import { deferWork } from "./defer.js";
import type { Names } from "./names.js";
import { openWork } from "./open.js";
import { putOffWork } from "./put-off.js";
import { getWork } from "./read.js";
import { settleDeliverWork, settlePlainWork } from "./settle.js";

/** How many batches of one kind are on their way at once: the server syncs one while it reads the next. A small pool is not taken up by them. */
const widthFor = (connections: number): number => (connections >= 6 ? 2 : 1);

/** Everything that is asked for in batches, on these tables. */
export const batchesOf = (database: Database, names: Names, patience: number) => {
  const limits = { width: widthFor(database.size), patience };
  return {
    open: new Batch(database, openWork(names), limits),
    commit: new Batch(database, commitWork(names), limits),
    putOff: new Batch(database, putOffWork(names), limits),
    defer: new Batch(database, deferWork(names), limits),
    get: new Batch(database, getWork(names), limits),
    deliver: new Batch(database, settleDeliverWork(names), limits),
    plain: new Batch(database, settlePlainWork(names), limits),
  };
};

export type Batches = ReturnType<typeof batchesOf>;

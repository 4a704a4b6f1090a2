import type { Violation } from "../records.js";
import { checkAsked } from "./asked.js";
import { checkBooks } from "./books.js";
import { checkCommands } from "./commands.js";
import type { Evidence } from "./evidence.js";
import { checkHooks } from "./hooks.js";
import { checkMoney } from "./money.js";
import { checkOrders } from "./orders.js";
import { checkRest } from "./rest.js";

/** Compares what the four sides say when all has come to rest. */
export const checkAll = (evidence: Evidence): Violation[] =>
  [checkMoney, checkOrders, checkAsked, checkHooks, checkBooks, checkCommands, checkRest].flatMap((check) =>
    check(evidence),
  );

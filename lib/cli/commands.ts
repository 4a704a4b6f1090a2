import type { Command } from "./command.js";
import { check } from "./commands/check.js";
import { hooksList } from "./commands/hooks-list.js";
import { hooksRedeliver } from "./commands/hooks-redeliver.js";
import { keys } from "./commands/keys.js";
import { migrate } from "./commands/migrate.js";
import { move } from "./commands/move.js";
import { notifyReplay } from "./commands/notify-replay.js";
import { paymentsCapture } from "./commands/payments-capture.js";
import { paymentsIncrease } from "./commands/payments-increase.js";
import { paymentsInquire } from "./commands/payments-inquire.js";
import { paymentsList } from "./commands/payments-list.js";
import { paymentsRefund } from "./commands/payments-refund.js";
import { paymentsShow } from "./commands/payments-show.js";
import { paymentsVoid } from "./commands/payments-void.js";
import { prune } from "./commands/prune.js";
import { simulator } from "./commands/simulator.js";

/** Every command, in the order of the help. */
export const COMMANDS: readonly Command[] = [
  keys,
  check,
  migrate,
  move,
  simulator,
  paymentsList,
  paymentsShow,
  paymentsCapture,
  paymentsVoid,
  paymentsRefund,
  paymentsIncrease,
  paymentsInquire,
  hooksList,
  hooksRedeliver,
  notifyReplay,
  prune,
];

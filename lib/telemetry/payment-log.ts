import type { Logger } from "../ports.js";

/** How many payments' loggers are kept at once. */
const KEPT = 256;

type Level = "debug" | "info" | "warn" | "error";

/**
 * A logger that writes every line about a payment through a child of its own, made when the payment's first line is written. A logger
 * that has no children (and a plain object need not) gets the payment's id as a field of the line, so that both read alike.
 */
export function withPaymentChildren(logger: Logger): Logger {
  if (typeof logger.child !== "function") return logger;
  const children = new Map<string, Logger>();

  const childOf = (payment: string): Logger => {
    const kept = children.get(payment);
    if (kept !== undefined) return kept;
    const [oldest] = children.keys();
    if (children.size >= KEPT && oldest !== undefined) children.delete(oldest);
    const child = logger.child?.({ payment }) ?? logger;
    children.set(payment, child);
    return child;
  };

  const write =
    (level: Level) =>
    (fields: object, message: string): void => {
      const payment: unknown = Reflect.get(fields, "payment");
      if (typeof payment !== "string") {
        logger[level](fields, message);
        return;
      }
      const { payment: _payment, ...rest }: { payment?: unknown } = fields;
      childOf(payment)[level](rest, message);
    };
  return { debug: write("debug"), info: write("info"), warn: write("warn"), error: write("error") };
}

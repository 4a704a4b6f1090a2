import type { Logger } from "../ports.js";
import { isThisMachine } from "../web-url.js";

/**
 * Says that notifications cannot come, where Antom is told to send them to this very machine. Payments are settled by inquiries all the same,
 * only later.
 */
export function warnUnreachable(notifyUrl: string, gateway: string, logger: Logger): void {
  if (!isThisMachine(new URL(notifyUrl)) || isThisMachine(new URL(gateway))) return;
  logger.warn(
    { event: "notify.unreachable", notifyUrl },
    `Antom cannot send notifications to ${notifyUrl}, which is this very machine: set publicUrl to an address that Antom reaches, such as a tunnel's`,
  );
}

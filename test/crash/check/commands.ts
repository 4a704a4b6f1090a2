import { isObject, textAt, type Exchange, type Violation } from "../records.js";
import type { Evidence } from "./evidence.js";

const COMMAND = /^\/staff\/(PAY\w+)\/(capture|void|refund|increase)$/;

/** Each key is one command, however often it was sent and whoever died over it. */
export function checkCommands({ exchanges, payments }: Evidence): Violation[] {
  const sent = new Map<string, Exchange[]>();
  for (const exchange of exchanges) {
    if (exchange.key === undefined || !COMMAND.test(exchange.path)) continue;
    sent.set(exchange.key, [...(sent.get(exchange.key) ?? []), exchange]);
  }
  const found: Violation[] = [];
  for (const payment of payments) {
    const keys = payment.operations.flatMap(({ key }) => (key === undefined ? [] : [key]));
    for (const key of new Set(keys)) {
      const times = keys.filter((other) => other === key).length;
      if (times > 1)
        found.push({ what: `the key ${key} made ${times} operations`, payment: payment.id, seen: payment });
      if (!sent.has(key)) found.push({ what: `nobody ever sent the key ${key}`, payment: payment.id, seen: payment });
    }
  }
  for (const [key, exchanges] of sent) {
    const [, id, kind] = COMMAND.exec(exchanges[0]?.path ?? "") ?? [];
    const payment = payments.find((candidate) => candidate.id === id);
    const operation = payment?.operations.find((candidate) => candidate.key === key);
    const complain = (what: string): void => {
      found.push({ what, ...(id === undefined ? {} : { payment: id }), seen: { exchanges, operation } });
    };
    const granted = exchanges.some(({ status }) => status === 200);
    const isNeedless = kind === "void" && payment?.status === "voided";
    if (granted && operation === undefined && !isNeedless)
      complain(`the ${String(kind)} with the key ${key} was granted, and is gone`);
    if (operation !== undefined && operation.kind !== kind) complain(`the key ${key} made a ${operation.kind}`);
    const asked = exchanges.map(({ sent: body }) => (isObject(body) ? textAt(body, "amount") : undefined)).at(0);
    if (asked !== undefined && operation?.amount !== undefined && operation.amount.value !== asked) {
      complain(`the key ${key} asked for ${asked}, and made ${operation.amount.value}`);
    }
    const last = exchanges.findLast(({ status }) => status !== undefined);
    if (operation?.status === "succeeded" && last !== undefined && isRefusal(last)) {
      complain(`the key ${key} was refused at last, and came off`);
    }
  }
  return found;
}

/** Said for good that it is not done. */
const isRefusal = ({ status = 0, answer }: Exchange): boolean =>
  status >= 400 && status < 500 && textAt(answer, "code") !== "operation_pending";

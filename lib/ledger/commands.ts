import { AntomError } from "../errors.js";
import type { Gateway } from "../gateway/gateway.js";
import { AMOUNT_VALUE, CURRENCY, type Amount } from "../payment/amount.js";
import { isPaymentId } from "../payment/id.js";
import { remedyFor } from "../payment/meaning/remedy-for.js";
import { isLetGo } from "../payment/not-held.js";
import type { Fact } from "../payment/observation.js";
import type { Operation, OperationKind } from "../payment/operation.js";
import type { Payment } from "../payment/payment.js";
import { permitted, type CaptureContract, type Command, type Permit } from "../payment/permit.js";
import type { Clock } from "../ports.js";
import { failureOf, type Telemetry } from "../telemetry.js";
import { compileStrict, problemsOf } from "../validation.js";
import type { Carrier } from "./carry-operation.js";
import { askers, createDoubt, inDoubt, permittedAfter, type Doubt } from "./doubt.js";
import { given } from "./given.js";
import type { Inquiry } from "./inquire.js";
import type { Decide, Ledger } from "./ledger.js";
import { object, text } from "./schema.js";

/** What a command may say beside which payment it is about. */
export interface CommandRequest {
  /**
   * An amount, or its value alone in minor units of the payment's currency ("500"). Capture and refund: what is left, when left out.
   * Increase: the new total, which has to be said. A void has none.
   */
  readonly amount?: Amount | string | undefined;
  /** The same key is the same command, however often it is asked for. At most 255 characters. */
  readonly idempotencyKey?: string | undefined;
  /** Who asks, for the payment's history. At most 128 characters. */
  readonly by?: string | undefined;
  /** Why, for the payment's history; of a refund Antom is told too. At most 256 characters. */
  readonly reason?: string | undefined;
}

/** A void lets all go that is held. */
export type VoidRequest = Omit<CommandRequest, "amount">;

/** The amount of an increase is the new total. */
export type IncreaseRequest = CommandRequest & { readonly amount: Amount | string };

/**
 * Captures, voids, refunds or raises the hold of a payment. What is decided is written down before it is sent, and carried through by the
 * worker where this process cannot; so the payment may come back with the operation still pending, also where the storage is away once it is
 * written down.
 *
 * @throws AntomError `request_invalid`, `payment_not_found`; `operation_refused`, `operation_pending`, `amount_refused`, `authorization_expired`,
 * `void_too_late`, `idempotency_key_reused` or `gateway_unanswered` (what Antom refused before is in doubt, and it does not say what came of it)
 * with nothing sent; `gateway_refused` (or `authorization_expired`, `void_too_late`) where Antom
 * refused it, with its code and what would help
 *
 * @param due for what nobody asks for but the clock
 */
export type Commands = (id: string, kind: OperationKind, request?: CommandRequest, due?: Due) => Promise<Payment>;

/** What makes a command due by itself. */
export interface Due {
  /** By which time it is decided whether something is held: epoch milliseconds. */
  readonly now: number;
  /** Whether it still is, the payment being what it is as this is decided. Where it is not, the command is refused with `operation_pending`. */
  readonly isStill: (payment: Payment) => boolean;
}

export interface CommandsParts {
  readonly gateway: Pick<Gateway, "inquireRefund">;
  readonly ledger: Ledger;
  readonly carrier: Carrier;
  readonly clock: Clock;
  readonly contract: CaptureContract;
  readonly telemetry: Telemetry;
  /** Asks Antom how the payment stands, by an inquiry that begins after this call. */
  readonly askAnew: (id: string) => Promise<Inquiry>;
}

const REQUEST = {
  description: 'an object, such as { amount: "500" }',
  ...object({
    amount: {
      type: ["object", "string"],
      additionalProperties: false,
      required: ["currency", "value"],
      pattern: AMOUNT_VALUE,
      description: 'a whole number of minor units as text, "1999" for EUR 19.99, or { currency, value }',
      properties: {
        currency: { type: "string", pattern: CURRENCY, description: "three upper-case letters of ISO 4217" },
        value: {
          type: "string",
          pattern: AMOUNT_VALUE,
          description: 'a whole number of minor units as text: "1999" for EUR 19.99',
        },
      },
    },
    idempotencyKey: { ...text(255, 1), pattern: "^[\\x20-\\x7e]*$", description: "printable ASCII" },
    by: text(128, 1),
    reason: text(256),
  }),
};
const isRequest = compileStrict<CommandRequest>(REQUEST);

/** What a command says, as it says it now: it is checked, and carried out, later. */
export const requestGiven = (request: CommandRequest | undefined): CommandRequest | undefined =>
  given(request, REQUEST) as CommandRequest | undefined;

export function createCommands(parts: CommandsParts): Commands {
  const { ledger, carrier, clock, contract, telemetry } = parts;
  const ask = createDoubt(parts);

  const carryOut = async (
    id: string,
    kind: OperationKind,
    request: CommandRequest,
    due: Due | undefined,
  ): Promise<Carried> => {
    checkRequest(kind, request);
    const decided: { permit: Permit } = { permit: { operation: undefined, isNew: false } };
    const decide =
      (doubt?: Doubt): Decide =>
      (current) => {
        const at = clock.now();
        if (due?.isStill(current) === false) {
          throw new AntomError("operation_pending", `payment ${id}: it has changed meanwhile; look at it again`);
        }
        const now = due?.now ?? at;
        const command = commandOf(current, kind, request);
        const permit =
          doubt === undefined
            ? permitted(current, command, now, contract)
            : permittedAfter(doubt, current, command, now, contract);
        decided.permit = permit;
        const made = "refusal" in permit || !permit.isNew ? undefined : permit.operation;
        if (made !== undefined && doubt === undefined && inDoubt(current, kind).length > 0) return undefined;
        const facts: Fact[] = askers(current, command, permit, doubt);
        if (made !== undefined) facts.push({ kind: "requested", operation: made });
        return facts.length === 0 ? undefined : { source: "command", at, facts };
      };
    const known = await ledger.record(id, decide());
    const isToAsk = "operation" in decided.permit && decided.permit.isNew && inDoubt(known, kind).length > 0;
    const payment = isToAsk ? await ledger.record(id, decide(await ask(known, kind))) : known;
    const { permit } = decided;
    if ("refusal" in permit) {
      const { code, message, remedy } = permit.refusal;
      throw new AntomError(code, `payment ${id}: ${message}`, remedy === undefined ? {} : { remedy });
    }
    const { operation: carried, isNew } = permit;
    if (carried === undefined) return { payment, outcome: "succeeded" };
    const after = carried.status === "pending" ? await carrier.carry(payment, carried, isNew) : payment;
    const { id: operationId } = carried;
    const operation = after.operations.find((candidate) => candidate.id === operationId) ?? carried;
    const isAchieved = kind === "void" && isLetGo(after, clock.now());
    if (operation.status === "failed" && !isAchieved) throw refusedByAntom(after, operation);
    return { payment: after, outcome: operation.status === "pending" ? "pending" : "succeeded" };
  };

  return (id, command, request = {}, due) =>
    telemetry.span("express-antom.command", { command, payment_id: isPaymentId(id) ? id : undefined }, async (note) => {
      const told = (outcome: string): void => {
        telemetry.count("express_antom.commands", { command, outcome });
        note({ outcome });
      };
      try {
        const { payment, outcome } = await carryOut(id, command, request, due);
        told(outcome);
        return payment;
      } catch (error) {
        told(failureOf(error));
        throw error;
      }
    });
}

/** @throws AntomError `request_invalid` */
function checkRequest(kind: OperationKind, request: CommandRequest): void {
  const problems = isRequest(request)
    ? kind === "void" && request.amount !== undefined
      ? [{ at: "/amount", message: "is not possible: a void lets all go that is held" }]
      : []
    : problemsOf(isRequest);
  if (problems.length === 0) return;
  const message = problems.map(({ at, message }) => `${at || `what the ${kind} says`} ${message}`).join("; ");
  throw new AntomError("request_invalid", message, { problems });
}

/** The payment after a command, and whether it is done. */
interface Carried {
  readonly payment: Payment;
  readonly outcome: "succeeded" | "pending";
}

const commandOf = ({ amount }: Payment, kind: OperationKind, request: CommandRequest): Command => {
  const { idempotencyKey: key, by, reason } = request;
  const asked =
    typeof request.amount === "string" ? { currency: amount.currency, value: request.amount } : request.amount;
  return {
    kind,
    ...(asked === undefined ? {} : { amount: asked }),
    ...(key === undefined ? {} : { key }),
    ...(by === undefined ? {} : { by }),
    ...(reason === undefined ? {} : { reason }),
  };
};

function refusedByAntom(payment: Payment, { id, kind, code = "" }: Operation): AntomError {
  const { action, sentence } = remedyFor(payment, kind, code);
  // Only an increase is ever given up.
  if (kind === "increase" && code === "") {
    const message = `Antom has not told what came of the increase ${id}, and it is waited for no longer: ${sentence}`;
    // The same key never gets another answer, whatever is waited for.
    return new AntomError("gateway_unanswered", message, { remedy: action, status: 409 });
  }
  const name =
    kind === "void" && code === "CANCEL_WINDOW_EXCEED"
      ? "void_too_late"
      : kind === "capture" && code === "AUTH_EXPIRED"
        ? "authorization_expired"
        : "gateway_refused";
  return new AntomError(name, `Antom refused the ${kind} ${id} (${code}): ${sentence}`, {
    remedy: action,
    resultCode: code,
  });
}

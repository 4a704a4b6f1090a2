import { AntomError } from "./errors.js";
import type { Cards } from "./ledger/cards.js";
import type { Charge, ChargeRequest } from "./ledger/charge.js";
import {
  requestGiven,
  type CommandRequest,
  type Commands,
  type IncreaseRequest,
  type VoidRequest,
} from "./ledger/commands.js";
import type { Inquirer } from "./ledger/inquire.js";
import { checkedListQuery, type PaymentQuery } from "./ledger/list-query.js";
import type { Intake } from "./ledger/notification-intake.js";
import { viewOf, type PaymentView } from "./payment/event.js";
import { explained } from "./payment/meaning/explanation.js";
import type { JournalEntry } from "./payment/journal.js";
import type { OperationKind } from "./payment/operation.js";
import type { Payment } from "./payment/payment.js";
import type { StoredCardView } from "./payment/stored-card.js";
import type { Page, Storage } from "./storage/storage.js";

/** Payments, without HTTP. */
export interface Payments {
  /** The payment of that id. @throws AntomError `payment_not_found` */
  get(id: string): Promise<PaymentView>;
  /** All payments of an order, newest first. */
  findByOrder(orderId: string): Promise<PaymentView[]>;
  /**
   * A page of payments, newest first: 50 unless `limit` says otherwise, 500 at most. The page's `next` is the next one's `after`.
   *
   * @throws AntomError `request_invalid` for a filter there is not, and for what cannot be looked for, such as `amount: "19.99"`: amounts are in
   * minor units
   */
  list(query?: PaymentQuery): Promise<Page<PaymentView>>;
  /** What has happened to a payment, oldest first. */
  journal(id: string): Promise<JournalEntry[]>;
  /** Asks Antom how the payment stands, records the answer and gives the payment after it. @throws AntomError `payment_not_found` */
  inquire(id: string): Promise<PaymentView>;
  /**
   * Takes money that is held: what is left, or an amount. Written down before it is sent, and carried through; look at the payment's
   * `operations` for whether it is done yet. The others below do the same.
   *
   * @throws AntomError `payment_not_found`, `request_invalid`, `operation_refused`, `operation_pending`, `amount_refused`, `authorization_expired`,
   * `idempotency_key_reused`, `gateway_refused`, `gateway_unanswered`
   */
  capture(id: string, request?: CommandRequest): Promise<PaymentView>;
  /**
   * Lets a hold go, or closes a payment that nobody has paid yet. (Antom: cancel)
   *
   * @throws AntomError as `capture`, and `void_too_late`: what is only held is let go by the bank, when the hold ends
   */
  void(id: string, request?: VoidRequest): Promise<PaymentView>;
  /** Gives captured money back: what is left, or an amount. @throws AntomError as `capture` */
  refund(id: string, request?: CommandRequest): Promise<PaymentView>;
  /** Raises a hold to a new total, the request's `amount`, where the card allows it. (Antom: updateAmount) @throws AntomError as `capture` */
  increase(id: string, request: IncreaseRequest): Promise<PaymentView>;
  /**
   * Charges a stored card that the buyer agreed to be charged with later, with nobody there (a merchant-initiated transaction). Look at the
   * payment's status for how it came out: it may be declined, or voided with `buyerNeeded` where Antom wanted the buyer. Asked again for
   * the same order it answers with the same payment.
   *
   * @throws AntomError `card_not_found`, `card_stopped`, `combination_refused`, `request_invalid`, `order_paid`,
   * `payment_closing`
   */
  charge(request: ChargeRequest): Promise<PaymentView>;
  /** A buyer's stored cards, newest first. */
  cards(buyerId: string): Promise<StoredCardView[]>;
  /** Erases a buyer's stored card, for good. @throws AntomError `card_not_found` */
  forgetCard(buyerId: string, cardId: string): Promise<void>;
}

const shown = (payment: Payment): PaymentView => explained(viewOf(payment));

/** What to give where something else was given, by what was to be named. */
const IDS = {
  payment: "give the payment's id, such as payment.id",
  order: "give the shop's id of the order, such as payment.orderId",
  buyer: "give the shop's own id of the buyer",
  card: "give the stored card's id",
} as const;

/** Throws `request_invalid` where a whole object, or nothing, is given in place of its id. */
function checkId(of: keyof typeof IDS, id: unknown): void {
  if (typeof id === "string") return;
  const problems = [{ at: `${of}Id`, message: IDS[of] }];
  throw new AntomError("request_invalid", `this is not the id of ${of === "order" ? "an" : "a"} ${of}: ${IDS[of]}`, {
    problems,
  });
}

export interface PaymentsParts {
  /** Resolves once the storage is ready. */
  readonly start: () => Promise<void>;
  readonly storage: Storage;
  readonly intake: Pick<Intake, "catchUp" | "get">;
  readonly inquirer: Inquirer;
  readonly commands: Commands;
  readonly charge: Charge;
  readonly storedCards: Cards;
}

export function createPayments({
  start,
  storage,
  intake,
  inquirer,
  commands,
  charge,
  storedCards,
}: PaymentsParts): Payments {
  const get = async (id: string): Promise<PaymentView> => {
    checkId("payment", id);
    await start();
    const payment = await intake.get(id);
    if (payment === undefined) throw new AntomError("payment_not_found", "there is no such payment");
    return shown(payment);
  };
  const command =
    (kind: OperationKind) =>
    async (id: string, request?: CommandRequest): Promise<PaymentView> => {
      checkId("payment", id);
      const asked = requestGiven(request);
      await start();
      await intake.catchUp(id);
      return shown(await commands(id, kind, asked));
    };
  return {
    get,
    capture: command("capture"),
    void: command("void"),
    refund: command("refund"),
    increase: command("increase"),
    async findByOrder(orderId) {
      checkId("order", orderId);
      await start();
      return (await storage.findByOrder(orderId)).map(shown);
    },
    async list(query = {}) {
      const asked = checkedListQuery(query);
      await start();
      const page = await storage.list(asked);
      return { ...page, items: page.items.map(shown) };
    },
    async journal(id) {
      await get(id);
      return storage.journal(id);
    },
    async inquire(id) {
      await get(id);
      await inquirer.inquire(id);
      return get(id);
    },
    async cards(buyerId) {
      checkId("buyer", buyerId);
      await start();
      return storedCards.list(buyerId);
    },
    async forgetCard(buyerId, cardId) {
      checkId("buyer", buyerId);
      checkId("card", cardId);
      await start();
      await storedCards.remove(buyerId, cardId);
    },
    async charge(request) {
      const made = charge(request);
      await start();
      return shown(await made());
    },
  };
}

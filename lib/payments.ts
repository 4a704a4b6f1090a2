import { AntomError } from "./errors.js";
import type { Inquirer } from "./ledger/inquire.js";
import { viewOf, type PaymentView } from "./payment/event.js";
import type { JournalEntry } from "./payment/journal.js";
import type { ListQuery, Page, Storage } from "./storage/storage.js";

/** Payments, without HTTP. */
export interface Payments {
  /** The payment of that id. @throws AntomError `payment_not_found` */
  get(id: string): Promise<PaymentView>;
  /** All payments of an order, newest first. */
  findByOrder(orderId: string): Promise<PaymentView[]>;
  /** A page of payments, newest first. */
  list(query?: Partial<ListQuery>): Promise<Page<PaymentView>>;
  /** What has happened to a payment, oldest first. */
  journal(id: string): Promise<JournalEntry[]>;
  /** Asks Antom how the payment stands, records the answer and gives the payment after it. @throws AntomError `payment_not_found` */
  inquire(id: string): Promise<PaymentView>;
}

export interface PaymentsParts {
  /** Resolves once the storage is ready. */
  readonly start: () => Promise<void>;
  readonly storage: Storage;
  readonly inquirer: Inquirer;
}

export function createPayments({ start, storage, inquirer }: PaymentsParts): Payments {
  const get = async (id: string): Promise<PaymentView> => {
    await start();
    const payment = await storage.get(id);
    if (payment === undefined) throw new AntomError("payment_not_found", "there is no such payment");
    return viewOf(payment);
  };
  return {
    get,
    async findByOrder(orderId) {
      await start();
      return (await storage.findByOrder(orderId)).map(viewOf);
    },
    async list(query = {}) {
      await start();
      const page = await storage.list({ ...query, limit: Math.min(Math.max(1, query.limit ?? 50), 500) });
      return { ...page, items: page.items.map(viewOf) };
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
  };
}

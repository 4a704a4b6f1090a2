import { viewOf, withoutLink } from "../../payment/event.js";
import type { JournalEntry } from "../../payment/journal.js";
import { isLive, type Payment } from "../../payment/payment.js";
import {
  type DeliverTask,
  type InquireTask,
  type OperationTask,
  type RecordTask,
  recordTaskId,
  type TaskChange,
} from "../../payment/task.js";
import type { Change, ClaimedTask, Opening, Page, Storage } from "../storage.js";

/** A time to begin from; the contract takes every time from its caller. */
export const NOW = 1_800_000_000_000;

export const samplePayment = (id: string, changes: Partial<Payment> = {}): Payment => ({
  id,
  orderId: `order-of-${id}`,
  amount: { currency: "EUR", value: "1999" },
  status: "created",
  captureMode: "AUTOMATIC",
  method: "hosted",
  version: 1,
  eventCount: 0,
  authorizedAmount: "0",
  capturedAmount: "0",
  refundedAmount: "0",
  operations: [],
  disputes: [],
  conflicts: [],
  unanswered: 0,
  evidence: {},
  request: { paymentRequestId: id },
  locale: "en",
  createdAt: NOW,
  updatedAt: NOW,
  expiresAt: NOW + 3_600_000,
  ...changes,
});

export const sampleEntry = (payment: Payment, changes: Partial<JournalEntry> = {}): JournalEntry => ({
  payment: payment.id,
  version: payment.version,
  at: payment.updatedAt,
  observation: { source: "pay", at: payment.updatedAt, facts: [{ kind: "authorization", outcome: "processing" }] },
  status: payment.status,
  events: [],
  ...changes,
});

export const opening = (payment: Payment, tasks: Opening["tasks"] = []): Opening => ({
  payment,
  isLive: isLive(payment),
  entry: sampleEntry(payment),
  tasks,
});

/** The next commit of a payment: `after` is the payment as stored. */
export const change = (after: Payment, changes: Partial<Payment> = {}, tasks: readonly TaskChange[] = []): Change => {
  const payment = { ...after, version: after.version + 1, ...changes };
  return { payment, isLive: isLive(payment), expectedVersion: after.version, entries: [sampleEntry(payment)], tasks };
};

export const inquire = (payment: Payment, dueAt = NOW, id = `inquire:${payment.id}`): InquireTask => ({
  kind: "inquire",
  id,
  payment: payment.id,
  dueAt,
});

export const voiding = (payment: Payment, dueAt = NOW): OperationTask => ({
  kind: "void",
  id: `void:${payment.id}`,
  payment: payment.id,
  dueAt,
  operation: `void-of-${payment.id}`,
});

export const deliver = (payment: Payment, sequence: number, dueAt = NOW): DeliverTask => ({
  kind: "deliver",
  id: `${payment.id}:${String(sequence)}`,
  payment: payment.id,
  dueAt,
  sequence,
  event: {
    id: `${payment.id}:${String(sequence)}`,
    type: "payment.authorized",
    sequence,
    at: dueAt,
    payment: withoutLink(viewOf(payment)),
  },
});

/** What a notification says, with a code to tell it from others. */
export const recording = (payment: Pick<Payment, "id">, dueAt = NOW, code = "SUCCESS"): RecordTask => ({
  kind: "record",
  id: recordTaskId(payment.id),
  payment: payment.id,
  dueAt,
  observation: { source: "notification", at: dueAt, facts: [{ kind: "authorization", outcome: "succeeded", code }] },
});

/** Opens a payment that must be new, and gives it as stored. */
export const openNew = async (storage: Storage, payment: Payment, tasks: Opening["tasks"] = []): Promise<Payment> => {
  const { payment: stored, isNew } = await storage.open(opening(payment, tasks));
  if (!isNew) throw new Error(`the order ${payment.orderId} already had a live payment`);
  return stored;
};

/** Claims what is due; the limit is one that no test reaches. */
export const claimAll = (storage: Storage, now = NOW, lease = 60_000): Promise<ClaimedTask[]> =>
  storage.claim({ now, lease, limit: 500 });

/** Claims what must be one task. */
export const claimOne = async (storage: Storage, now = NOW, lease = 60_000): Promise<ClaimedTask> => {
  const claimed = await claimAll(storage, now, lease);
  const [task] = claimed;
  if (task === undefined || claimed.length > 1)
    throw new Error(`${String(claimed.length)} tasks were claimed, not one`);
  return task;
};

/** Claims until nothing is given: of several that claim at once one may be given less than is due. */
export const claimOn = async (claim: () => Promise<ClaimedTask[]>): Promise<ClaimedTask[]> => {
  const claimed: ClaimedTask[] = [];
  for (let rounds = 0; rounds < 1000; rounds++) {
    const some = await claim();
    if (some.length === 0) return claimed;
    claimed.push(...some);
  }
  throw new Error("tasks were claimed without an end");
};

export const idsOf = (claimed: readonly ClaimedTask[]): string[] => claimed.map(({ task }) => task.id);

/** Every item of every page, with how many each page had. */
export const allPages = async <T>(
  read: (after: string | undefined) => Promise<Page<T>>,
): Promise<{ items: T[]; sizes: number[] }> => {
  const items: T[] = [];
  const sizes: number[] = [];
  let after: string | undefined;
  do {
    const page = await read(after);
    items.push(...page.items);
    sizes.push(page.items.length);
    after = page.next;
  } while (after !== undefined && sizes.length < 100);
  return { items, sizes };
};

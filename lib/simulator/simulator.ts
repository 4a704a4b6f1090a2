import { createServer, type IncomingMessage, type ServerResponse } from "node:http";
import type { Fault, FaultRequest } from "./faults.js";
import { isAcknowledged } from "./notify/acknowledgement.js";
import { post, type PostedAnswer } from "./notify/post.js";
import { notificationHeaders, type NotificationHeaders } from "./notify/sign.js";
import { shownCredentials, type SimulatorCredentials } from "./operator/credentials.js";
import { dispute, type DisputeRequest } from "./operator/dispute.js";
import type { SimulatorDispute } from "./operator/disputes.js";
import { ledger, type Ledger } from "./operator/ledger.js";
import { reversal, type SimulatorReversal } from "./operator/reversal.js";
import { notifications, payments, type SimulatorNotification, type SimulatorPayment } from "./operator/views.js";
import { readOptions, type SimulatorOptions } from "./options.js";
import type { SimulatorRequest } from "./request-log.js";
import { serve } from "./serve.js";
import { buildSimulation } from "./simulation.js";
import type { DisputeStep } from "./state/payment.js";

/** A notification of your own: the address it goes to, and its body as an object or as the exact text. */
export interface OwnNotification {
  readonly url: string;
  readonly body: object | string;
}

/** A local Antom. */
export interface Simulator {
  /** Starts to listen, on any free port for 0, and resolves to its URL. */
  listen(port?: number): Promise<string>;
  /** A request listener, for a server of your own; nothing must have read the body before. */
  readonly handler: (request: IncomingMessage, response: ServerResponse) => void;
  /** What the shop is to be configured with. Reading `gateway` needs `listen` or the option `baseUrl` first. */
  readonly credentials: SimulatorCredentials;
  /** What happened to money; with a paymentRequestId, paymentId or referenceOrderId, only what belongs to it. */
  ledger(id?: string): Ledger;
  /** Every payment, oldest first. */
  payments(): SimulatorPayment[];
  /** Every notification with its attempts, oldest first. */
  notifications(): SimulatorNotification[];
  /** The last API calls, oldest first, at most 10,000. */
  requests(): SimulatorRequest[];
  /** @throws FaultProblem saying what is wrong with it */
  addFault(fault: FaultRequest): Fault;
  faults(): readonly Fault[];
  clearFaults(): void;
  /**
   * Opens a dispute of a captured payment, or moves the one that is open on, and notifies the shop.
   *
   * @param id its paymentRequestId or paymentId
   * @param step DISPUTE_CREATED when not given
   * @throws OperatorProblem when it cannot be
   */
  dispute(id: string, step?: DisputeStep | DisputeRequest): SimulatorDispute;
  /**
   * Lets a payment that was closed unpaid come off after all, and notifies the shop with PAYMENT_REVERSAL.
   *
   * @param id its paymentRequestId or paymentId
   * @throws OperatorProblem when it cannot be
   */
  reversal(id: string): SimulatorReversal;
  /** Headers and exact body of a signed notification, without sending it. */
  signNotification(notification: OwnNotification): Promise<{ headers: NotificationHeaders; body: string }>;
  /** Sends a signed notification now, once; rejects when there is no answer. */
  notify(notification: OwnNotification): Promise<PostedAnswer & { readonly acknowledged: boolean }>;
  /** Resolves when no notification is under way at this moment. */
  settled(): Promise<void>;
  /** Stops listening, breaks open connections and calls off everything that is due; the data folder keeps it. */
  close(): Promise<void>;
}

/**
 * Makes a simulator. Keys are generated, or read from the data folder, at once.
 *
 * @throws TypeError for options that cannot be used, KeyProblem for keys that cannot
 */
export function createSimulator(options: SimulatorOptions = {}): Simulator {
  const settings = readOptions(options);
  let listening: string | undefined;
  const baseUrl = (host?: string): string => {
    const url = settings.baseUrl ?? listening ?? urlOf(host);
    if (url === undefined) throw new Error("The simulator has no address yet: call listen(), or give it a baseUrl.");
    return url;
  };
  const simulation = buildSimulation(settings, baseUrl);
  const handler = (request: IncomingMessage, response: ServerResponse): void => {
    serve(simulation, request, response);
  };
  const server = createServer(handler);
  const signNotification = async ({ url, body }: OwnNotification) => {
    const text = typeof body === "string" ? body : JSON.stringify(body);
    return { headers: await notificationHeaders(url, text, simulation), body: text };
  };

  let closed: Promise<void> | undefined;
  const close = async (): Promise<void> => {
    await simulation.stop();
    await new Promise<void>((resolve) => {
      server.close(() => {
        resolve();
      });
      server.closeAllConnections();
    });
    await simulation.close();
  };

  return {
    listen: (port = 0) =>
      new Promise((resolve, reject) => {
        server.once("error", reject);
        server.listen(port, settings.host, () => {
          server.off("error", reject);
          const address = server.address();
          listening = `http://${reachable(settings.host)}:${typeof address === "object" ? (address?.port ?? port) : port}`;
          resolve(listening);
        });
      }),
    handler,
    credentials: {
      ...shownCredentials(simulation),
      get gateway() {
        return baseUrl();
      },
    },
    ledger: (id) => ledger(simulation, id),
    payments: () => payments(simulation),
    notifications: () => notifications(simulation),
    requests: () => simulation.requests.list(),
    addFault: (fault) => simulation.faults.add(fault),
    faults: () => simulation.faults.list(),
    clearFaults: () => {
      simulation.faults.clear();
    },
    dispute: (id, step = {}) =>
      dispute(simulation, typeof step === "string" ? { payment: id, step } : { ...step, payment: id }),
    reversal: (id) => reversal(simulation, { payment: id }),
    signNotification,
    notify: async (notification) => {
      const { headers, body } = await signNotification(notification);
      const { notifyTimeout: timeout } = settings;
      const answer = await post({
        url: notification.url,
        headers,
        body,
        timeout,
        signal: new AbortController().signal,
      });
      return { ...answer, acknowledged: isAcknowledged(answer) };
    },
    settled: () => simulation.notifier.settled(),
    close: () => (closed ??= close()),
  };
}

/** An address of one's own that stands for "everywhere" cannot be called. */
const reachable = (host: string): string => {
  if (host === "0.0.0.0" || host === "::") return "127.0.0.1";
  return host.includes(":") ? `[${host}]` : host;
};

const urlOf = (host: string | undefined): string | undefined =>
  host !== undefined && URL.canParse(`http://${host}`) ? new URL(`http://${host}`).origin : undefined;

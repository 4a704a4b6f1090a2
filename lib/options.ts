import type { GatewayRegion } from "./gateway/paths.js";
import type { Transport } from "./gateway/transport.js";
import type { Hooks } from "./ledger/hooks.js";
import type { Clock, Logger, Random } from "./ports.js";
import type { AuthorizeFunction } from "./routers/operations/access.js";
import type { BuyerFunction } from "./routers/buyer.js";
import type { OrderFunction } from "./routers/checkout.js";
import type { RouteName } from "./routers/links.js";
import type { ResultPage } from "./routers/shop-page.js";
import type { Storage } from "./storage/storage.js";

/** Where the documents contradict each other, and a merchant's contract may differ from the kit's reading. */
export interface ContractOptions {
  /** Whether Korean cards with issuer authentication may be captured by hand. False. */
  readonly koreanManualCapture?: boolean | undefined;
  /** Where `requireIssuerAuthentication` stands in a pay request. "paymentMethodMetaData". */
  readonly issuerAuthenticationIn?: "paymentMethodMetaData" | "paymentMethod" | undefined;
  /** Whether less than what is held may be captured. False. */
  readonly partialCapture?: boolean | undefined;
  /** Whether a payment may be captured several times. False. */
  readonly multipleCaptures?: boolean | undefined;
}

/** What `createAntom` takes. docs/options.md has a section for each. */
export interface AntomOptions {
  /** The client id Antom gave the shop. One that begins with "SANDBOX_" goes to the sandbox. */
  readonly clientId: string;
  /** The shop's private key: base64 or PEM, PKCS#8 or PKCS#1. */
  readonly privateKey: string;
  /** The version Antom knows that key by. "1" unless the dashboard says otherwise. */
  readonly keyVersion?: string | undefined;
  /** Antom's public key, or several by version while they rotate: base64 or PEM. */
  readonly antomPublicKey: string | Readonly<Record<string, string>>;
  /** The gateway's region, or its URL. */
  readonly gateway: GatewayRegion | (string & {});
  /** Where `antom.router` is mounted, as buyers and Antom see it. */
  readonly publicUrl: string;
  /** Signs the links given to buyers: at least 32 characters. Of an array the first signs and all are accepted. */
  readonly secret: string | readonly string[];
  /** Where payments are kept. */
  readonly storage: Storage;
  /** What is bought and for how much. */
  readonly order: OrderFunction;
  /** The shop's functions to call, by event. */
  readonly hooks?: Hooks | undefined;
  /** The shop's page for an outcome; the kit's own where it answers undefined. */
  readonly resultPage?: ResultPage | undefined;
  /** Where "Back to the shop" leads. */
  readonly shopUrl?: string | undefined;
  /** Other origins whose pages may start a checkout, and see and forget the stored cards of the buyer who is signed in. */
  readonly allowedOrigins?: readonly string[] | undefined;
  /** Another path for a route of `antom.router`, or false to leave it out. */
  readonly routes?: Readonly<Partial<Record<RouteName, string | false | undefined>>> | undefined;
  /** Where a route, or the back office (`operations`), is that is mounted by itself, as buyers, Antom and the staff see it. */
  readonly urls?: Readonly<Partial<Record<RouteName | "operations", string | undefined>>> | undefined;
  /** True says that the shop is PCI-qualified, and lets its own pages collect cards (method "card"). */
  readonly pciQualified?: boolean | undefined;
  /** Whose cards a request may keep, list and use: the shop's own id of the signed-in buyer, undefined for nobody. Needs `cardKey`. */
  readonly buyer?: BuyerFunction | undefined;
  /** Encrypts the tokens of stored cards: 32 bytes in base64. Of an array the first encrypts and all decrypt. Needs `buyer`. */
  readonly cardKey?: string | readonly string[] | undefined;
  /** "antom", or "apo" for Antom Payment Orchestration (formerly POP), where the shop collects every card. */
  readonly account?: "antom" | "apo" | undefined;
  /** Two letters: where the shop is, as Antom's `merchantRegion`; some contracts need it. */
  readonly merchantRegion?: string | undefined;
  /** What a contract with Antom decides and the documents tell differently. */
  readonly contract?: ContractOptions | undefined;
  /** What is done by itself with a hold that waits for the shop to capture it, an hour before it ends. Nothing when left out. */
  readonly beforeHoldEnds?: "capture" | "void" | undefined;
  /** Three letters: the currency Antom settles in, where the contract has several. */
  readonly settlementCurrency?: string | undefined;
  /** Antom's `merchantAccountId`, where one client id stands for several locations. */
  readonly merchantAccountId?: string | undefined;
  /** Antom's `agent-token`, for platforms that act for merchants. */
  readonly agentToken?: string | undefined;
  /** Whether this process delivers events and inquires. True; with false another process has to. */
  readonly worker?: boolean | undefined;
  /** Who may look at payments and who may move money, of those that reach `antom.operations`. Nobody when left out. */
  readonly authorize?: AuthorizeFunction | undefined;
  /** Milliseconds between looks for due work. 1000. */
  readonly pollInterval?: number | undefined;
  /** How many verified notifications in hand at once are a rush, in which each is written down and acknowledged before it takes effect. 16. */
  readonly rushAt?: number | undefined;
  /** Milliseconds a hook may take. 10 000. */
  readonly hookTimeout?: number | undefined;
  /** Milliseconds a call to Antom may take. 15 000. */
  readonly gatewayTimeout?: number | undefined;
  /** A pino logger, or anything of its shape; false for none. Pino to stdout when left out. */
  readonly logger?: Logger | false | undefined;
  /** For tests: where the time comes from. */
  readonly clock?: Clock | undefined;
  /** For tests: where unguessable bytes come from. */
  readonly random?: Random | undefined;
  /** How requests reach Antom; node's http and https when left out. */
  readonly transport?: Transport | undefined;
}

import type { Clock, Logger, Random } from "../ports.js";
import { systemClock, systemRandom } from "../ports.js";
import { unknownNames } from "../unknown-names.js";

export const ACCOUNTS = ["antom", "apo"] as const;
export type Account = (typeof ACCOUNTS)[number];

const CARD_TOKEN_PLACES = ["both", "paymentResultInfo", "cardInfo"] as const;
export type CardTokenPlace = (typeof CARD_TOKEN_PLACES)[number];

/** What a simulator may be told; everything has a default. */
export interface SimulatorOptions {
  /** The client id it serves, with live and with sandbox paths. */
  readonly clientId?: string | undefined;
  /** The merchant's private key (PEM or bare base64); generated when not given. */
  readonly merchantPrivateKey?: string | undefined;
  /** Antom's private key (PEM or bare base64); generated when not given. */
  readonly antomPrivateKey?: string | undefined;
  /** The `keyVersion` in the signatures of Antom, 1 when not given. */
  readonly antomKeyVersion?: string | undefined;
  /** The `keyVersion` the merchant's key was registered with, 1 when not given. */
  readonly merchantKeyVersion?: string | undefined;
  /** Where it is reached, e.g. `https://antom.example`; its own address when not given. */
  readonly baseUrl?: string | undefined;
  /** The address it listens on, 127.0.0.1 when not given. */
  readonly host?: string | undefined;
  /** Keeps keys, payments and unfinished notifications in this folder; in memory when not given. */
  readonly dataFolder?: string | undefined;
  /** Multiplies every wait (expiry, capture, resends): 0.001 makes two minutes 120 ms. 1 when not given. */
  readonly timeScale?: number | undefined;
  /** Whether notifications without a right acknowledgement are sent again; Antom's sandbox does not. True when not given. */
  readonly resend?: boolean | undefined;
  /** Where notifications go when the request names no address, as the Dashboard would have it. */
  readonly notifyUrl?: string | undefined;
  /** How long the shop may take to answer a notification, in milliseconds of real time; 10 s when not given. */
  readonly notifyTimeout?: number | undefined;
  /**
   * Whose rules it follows: Antom's, or those of its payment orchestration (APO, once POP), which has no hosted page, no
   * choice of brand, no instalments and no upgrade to 3-D Secure, and tells `acquirerInfo`. "antom" when not given.
   */
  readonly account?: Account | undefined;
  /** Where card tokens stand in notifyPayment and inquiryPayment; "both" when not given. */
  readonly cardTokenIn?: CardTokenPlace | undefined;
  /**
   * Whether manual capture may be asked for with Korean issuer authentication. The documents disagree: one shows it in a
   * sample, another rules it out. True when not given.
   */
  readonly issuerAuthenticationManualCapture?: boolean | undefined;
  /** Whether less than what is held may be captured; the documents disagree. True when not given. */
  readonly partialCapture?: boolean | undefined;
  /** Whether a payment may be captured more than once; the documents disagree. True when not given. */
  readonly multipleCaptures?: boolean | undefined;
  /** Whether holds may be raised (updateAmount). True when not given. */
  readonly incrementalAuthorization?: boolean | undefined;
  readonly clock?: Clock | undefined;
  readonly random?: Random | undefined;
  readonly logger?: Logger | undefined;
}

/** The options with every default filled in. */
export interface Settings {
  readonly clientId: string;
  readonly merchantPrivateKey: string | undefined;
  readonly antomPrivateKey: string | undefined;
  readonly antomKeyVersion: string;
  readonly merchantKeyVersion: string;
  readonly baseUrl: string | undefined;
  readonly host: string;
  readonly dataFolder: string | undefined;
  readonly timeScale: number;
  readonly resend: boolean;
  readonly notifyUrl: string | undefined;
  readonly notifyTimeout: number;
  readonly account: Account;
  readonly cardTokenIn: CardTokenPlace;
  readonly issuerAuthenticationManualCapture: boolean;
  readonly partialCapture: boolean;
  readonly multipleCaptures: boolean;
  readonly incrementalAuthorization: boolean;
  readonly clock: Clock;
  readonly random: Random;
  readonly logger: Logger;
}

/** Every option there is; the build fails when this and SimulatorOptions differ. */
const IS_OPTION: Readonly<Record<keyof SimulatorOptions, true>> = {
  clientId: true,
  merchantPrivateKey: true,
  antomPrivateKey: true,
  antomKeyVersion: true,
  merchantKeyVersion: true,
  baseUrl: true,
  host: true,
  dataFolder: true,
  timeScale: true,
  resend: true,
  notifyUrl: true,
  notifyTimeout: true,
  account: true,
  cardTokenIn: true,
  issuerAuthenticationManualCapture: true,
  partialCapture: true,
  multipleCaptures: true,
  incrementalAuthorization: true,
  clock: true,
  random: true,
  logger: true,
};
const OPTIONS = Object.keys(IS_OPTION);

const DEFAULT_CLIENT_ID = "SANDBOX_5Y0000000000000001";

/** @throws TypeError naming every option that cannot be used */
export function readOptions(options: SimulatorOptions): Settings {
  const problems = problemsOf(options);
  if (problems.length > 0) throw new TypeError(`The simulator cannot start: ${problems.join("; ")}.`);
  return {
    clientId: options.clientId ?? DEFAULT_CLIENT_ID,
    merchantPrivateKey: options.merchantPrivateKey,
    antomPrivateKey: options.antomPrivateKey,
    antomKeyVersion: options.antomKeyVersion ?? "1",
    merchantKeyVersion: options.merchantKeyVersion ?? "1",
    baseUrl: options.baseUrl?.replace(/\/+$/, ""),
    host: options.host ?? "127.0.0.1",
    dataFolder: options.dataFolder,
    timeScale: options.timeScale ?? 1,
    resend: options.resend ?? true,
    notifyUrl: options.notifyUrl,
    notifyTimeout: options.notifyTimeout ?? 10_000,
    account: options.account ?? "antom",
    cardTokenIn: options.cardTokenIn ?? "both",
    issuerAuthenticationManualCapture: options.issuerAuthenticationManualCapture ?? true,
    partialCapture: options.partialCapture ?? true,
    multipleCaptures: options.multipleCaptures ?? true,
    incrementalAuthorization: options.incrementalAuthorization ?? true,
    clock: options.clock ?? systemClock,
    random: options.random ?? systemRandom,
    logger: options.logger ?? silent,
  };
}

function problemsOf(options: SimulatorOptions): string[] {
  const problems = unknownNames(options, OPTIONS);
  const { clientId, timeScale, baseUrl, notifyUrl, notifyTimeout, antomKeyVersion, merchantKeyVersion } = options;
  if (clientId !== undefined && !/^[\x21-\x7e]{1,64}$/.test(clientId)) {
    problems.push("clientId must be 1 to 64 printable ASCII characters");
  }
  if (timeScale !== undefined && !(Number.isFinite(timeScale) && timeScale > 0)) {
    problems.push("timeScale must be a number above 0");
  }
  if (notifyTimeout !== undefined && !(Number.isFinite(notifyTimeout) && notifyTimeout > 0)) {
    problems.push("notifyTimeout must be a number of milliseconds above 0");
  }
  for (const [name, value, names] of [
    ["account", options.account, ACCOUNTS],
    ["cardTokenIn", options.cardTokenIn, CARD_TOKEN_PLACES],
  ] as const) {
    if (value !== undefined && !names.some((entry) => entry === value)) {
      problems.push(`${name} must be one of ${names.join(", ")}`);
    }
  }
  for (const [name, version] of Object.entries({ antomKeyVersion, merchantKeyVersion })) {
    if (version !== undefined && !/^[0-9]{1,9}$/.test(version)) problems.push(`${name} must be a number`);
  }
  for (const [name, url] of Object.entries({ baseUrl, notifyUrl })) {
    if (url !== undefined && !isWebUrl(url)) problems.push(`${name} must be an http or https URL`);
  }
  return problems;
}

/** Whether something can be POSTed to the text as an address. */
export const isWebUrl = (text: string): boolean =>
  URL.canParse(text) && ["http:", "https:"].includes(new URL(text).protocol);

const nothing = (): void => undefined;
const silent: Logger = { debug: nothing, info: nothing, warn: nothing, error: nothing };

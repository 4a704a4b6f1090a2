import { setTimeout as delay } from "node:timers/promises";
import type { Dice } from "./dice.js";
import type { OpenShop } from "./front.js";
import type { Exchange } from "./records.js";
import { parsed, send, type Heard } from "./send.js";

/** A request as the driver means it. */
export interface Wanted {
  readonly method: "GET" | "POST";
  readonly path: string;
  readonly body?: Readonly<Record<string, unknown>>;
  /** The Idempotency-Key. */
  readonly key?: string;
  readonly buyer?: string;
}

/** What was answered in the end. */
export interface Reply {
  readonly status: number;
  readonly body: unknown;
  readonly text: string;
}

export interface Client {
  /** Everything that was sent. */
  readonly exchanges: readonly Exchange[];
  /**
   * Asks one shop or another until one answers with something that is final, `tries` times at most; a shop that is dead, or says that
   * it cannot now, is no answer.
   */
  ask(wanted: Wanted, tries: number): Promise<Reply | undefined>;
}

export interface ClientParts {
  readonly choose: () => OpenShop | undefined;
  readonly dice: Dice;
  /** Called with every answer as it comes, before anybody else hears of it. */
  readonly onAnswer: (exchange: Exchange) => Promise<void>;
}

/** Between two tries, in milliseconds. */
const PAUSE = { least: 20, most: 160 } as const;

/** Refusals that pass. */
const LATER: ReadonlySet<string> = new Set(["payment_closing", "operation_pending"]);

export function createClient({ choose, dice, onAnswer }: ClientParts): Client {
  const exchanges: Exchange[] = [];

  const once = async ({ method, path, body, key, buyer }: Wanted): Promise<Reply | undefined> => {
    const shop = choose();
    if (shop === undefined) return undefined;
    const at = Date.now();
    const headers = {
      accept: path.includes("/redirect/") ? "text/html" : "application/json",
      "content-type": body === undefined ? undefined : "application/json",
      "idempotency-key": key,
      "x-buyer": buyer,
    };
    const sent = { method, headers, ...(body === undefined ? {} : { body: JSON.stringify(body) }) };
    const heard = await send(`http://127.0.0.1:${shop.port}${path}`, sent);
    const reply = heard && replyOf(heard);
    const exchange: Exchange = {
      at,
      took: Date.now() - at,
      slot: shop.slot,
      method,
      path,
      ...(body === undefined ? {} : { sent: withoutCard(body) }),
      ...(key === undefined ? {} : { key }),
      ...(reply === undefined ? {} : { status: reply.status, answer: reply.body }),
    };
    exchanges.push(exchange);
    await onAnswer(exchange);
    return reply;
  };

  return {
    exchanges,
    async ask(wanted, tries) {
      for (let tried = 0; tried < tries; tried++) {
        if (tried > 0) await delay(dice.between(PAUSE.least, PAUSE.most));
        const reply = await once(wanted);
        if (reply !== undefined && isFinal(reply)) return reply;
      }
      return undefined;
    },
  };
}

const replyOf = (heard: Heard): Reply => ({ status: heard.status, body: parsed(heard), text: heard.body });

const isFinal = ({ status, body }: Reply): boolean =>
  status < 500 && !(typeof body === "object" && body !== null && "code" in body && LATER.has(String(body.code)));

const withoutCard = ({ card: _card, ...rest }: Readonly<Record<string, unknown>>): unknown => rest;

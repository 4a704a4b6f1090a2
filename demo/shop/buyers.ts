import type { IncomingMessage } from "node:http";

/** Somebody who buys coffee. */
export interface ShopBuyer {
  /** The shop's own id of them. */
  readonly id: string;
  readonly name: string;
  readonly firstName: string;
  readonly lastName: string;
  readonly email: string;
}

const ROBIN: ShopBuyer = {
  id: "robin-marsh",
  name: "Robin Marsh",
  firstName: "Robin",
  lastName: "Marsh",
  email: "robin.marsh@example.com",
};

const MINJI: ShopBuyer = {
  id: "kim-minji",
  name: "Kim Minji",
  firstName: "Minji",
  lastName: "Kim",
  email: "kim.minji@example.com",
};

/** Two, so that it can be seen that cards are not shared. */
export const BUYERS: readonly ShopBuyer[] = [ROBIN, MINJI];

export const BUYER_COOKIE = "demo_buyer";

const COOKIE = new RegExp(`(?:^|;\\s*)${BUYER_COOKIE}=([a-z-]{1,32})(?:;|$)`);

/** Who is signed in. The demo has no passwords: whoever says nothing is Robin. A shop of your own asks its session. */
export function signedIn({ headers }: Pick<IncomingMessage, "headers">): ShopBuyer {
  return buyerById(COOKIE.exec(headers.cookie ?? "")?.[1]) ?? ROBIN;
}

export const buyerById = (id: unknown): ShopBuyer | undefined => BUYERS.find((buyer) => buyer.id === id);

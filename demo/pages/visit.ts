import type { ShopBuyer } from "../shop/buyers.js";

/** What the frame of every page goes by. */
export interface Visit {
  readonly simulatorUrl: string;
  /** Who is signed in. */
  readonly buyer: ShopBuyer;
  /** The page's own path: where one comes back to. */
  readonly path: string;
}

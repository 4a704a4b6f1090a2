import { testKeys } from "../../lib/testing/keys.js";

/** What a shop and its Antom know of each other, for the length of one run. */
export interface Identity {
  readonly clientId: string;
  /** The shop's private key, and Antom's: base64 of PKCS#8. */
  readonly shopKey: string;
  readonly antomKey: string;
  /** The public halves: base64 of SPKI. */
  readonly shopPublicKey: string;
  readonly antomPublicKey: string;
  /** Signs the links given to buyers, and what the other libraries' senders sign. */
  readonly secret: string;
}

/** The same in each run, as it is stored with every payment. */
export const CLIENT_ID = "SANDBOX_5Y00BENCH";

export function newIdentity(): Identity {
  const shop = testKeys();
  const antom = testKeys();
  return {
    clientId: CLIENT_ID,
    shopKey: shop.privateKey,
    antomKey: antom.privateKey,
    shopPublicKey: shop.publicKey,
    antomPublicKey: antom.publicKey,
    secret: "the bench signs its links with this",
  };
}

/** Where every shop of the bench is mounted, as it is told to Antom; nobody resolves the name. */
export const PUBLIC_URL = "https://shop.example/payments";
export const NOTIFY_PATH = "/payments/notify";
export const CHECKOUT_PATH = "/payments/checkout";

/** What the card's bank said of the billing address and of the security code, in Antom's codes. */
export interface Checks {
  readonly avsResultRaw: string;
  readonly cvvResultRaw: string;
}

/** Security codes that let a test see every code Antom documents for them, and one that it does not (Q). */
export const CVV_RESULTS: Readonly<Record<string, string>> = {
  "901": "D",
  "902": "P",
  "903": "N",
  "904": "U",
  "905": "X",
  "909": "Q",
};

/** A postal code that names the AVS code to be answered, documented or not: `AVS-N`. */
const AVS_WISH = /^AVS-([A-Z0-9])$/i;

/** The code for a billing address: Y matches, U when there is none. */
export const avsResult = (address: { readonly zipCode?: string | undefined } | undefined): string =>
  address === undefined ? "U" : (AVS_WISH.exec(address.zipCode ?? "")?.[1]?.toUpperCase() ?? "Y");

/** The code for a security code: Y matches, X when there is none. */
export const cvvResult = (cvv: string | undefined): string =>
  cvv === undefined || cvv === "" ? "X" : (CVV_RESULTS[cvv] ?? "Y");

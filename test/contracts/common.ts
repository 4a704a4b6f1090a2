import { like, members, text, type Kind } from "./shape.js";
import { go, pages, plugin, python, SAMPLES } from "./sources.js";

/** A positive whole number of minor units, as text. */
export const amount: Kind = members({
  currency: { is: like("^[A-Z]{3}$"), required: true, seen: [SAMPLES, go("Amount"), pages("amount")] },
  value: { is: like("^[1-9][0-9]{0,15}$"), required: true, seen: [SAMPLES, go("Amount"), pages("amount")] },
});

/** The SDKs let an amount be nothing, where it is not what is paid. */
export const amountOrNothing: Kind = members({
  currency: { is: like("^[A-Z]{3}$"), required: true, seen: [SAMPLES, go("Amount"), pages("amount")] },
  value: { is: like("^(0|[1-9][0-9]{0,15})$"), required: true, seen: [SAMPLES, go("Amount"), pages("amount")] },
});

const NAME = plugin("cardholderName of Antom_Order_Payment_Method_Model");

const nameParts = {
  middleName: { is: text(32), seen: [SAMPLES, go("UserName"), NAME] },
  fullName: { is: text(128), seen: [SAMPLES, go("UserName"), NAME] },
} as const;

/** First and last name are needed where a name is given at all. */
export const userName: Kind = members({
  firstName: { is: text(32), required: true, seen: [SAMPLES, go("UserName"), NAME, pages("pay: required lists")] },
  lastName: { is: text(32), required: true, seen: [SAMPLES, go("UserName"), NAME, pages("pay: required lists")] },
  ...nameParts,
});

const ADDRESS = plugin("billingAddress of Antom_Order_Payment_Method_Model");

/**
 * The plugin holds address1 and address2 to 32 characters, the API pages to 256; the longer limit is the newer one, so a request within
 * it is right.
 */
export const address: Kind = members({
  region: { is: like("^[A-Z]{2}$"), required: true, seen: [SAMPLES, go("Address"), ADDRESS] },
  state: { is: text(8), seen: [SAMPLES, go("Address"), ADDRESS] },
  city: { is: text(32), seen: [SAMPLES, go("Address"), ADDRESS] },
  address1: { is: text(256), seen: [SAMPLES, go("Address"), pages("pay: order")] },
  address2: { is: text(256), seen: [SAMPLES, go("Address"), pages("pay: order")] },
  // Neither has a limit anywhere.
  address3: { is: text(256), seen: [python("Address"), pages("pay: order")] },
  label: { is: text(64), seen: [go("Address"), python("Address")] },
  zipCode: { is: text(32), seen: [SAMPLES, go("Address"), ADDRESS] },
});

/** An address a browser or Antom's server opens. */
export const webUrl: Kind = { schema: { type: "string", maxLength: 2048, pattern: "^https?://[^\\s]+$" } };

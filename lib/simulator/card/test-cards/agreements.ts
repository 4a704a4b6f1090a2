import { cardOfGroup, type TestCard } from "../test-card.js";

const agreement = cardOfGroup("agreement");

/** Cards that a buyer can pay with and leave with the shop, and that differ when the merchant charges them alone. */
export const AGREEMENT_CARDS: readonly TestCard[] = [
  agreement(
    "mit-authentication-required",
    "4000009900000087",
    "VISA",
    "mit-decline",
    "Authorized with the buyer; alone AUTHENTICATION_REQUIRED",
    { code: "AUTHENTICATION_REQUIRED" },
  ),
  agreement(
    "mit-redirect",
    "4000009900000095",
    "VISA",
    "mit-redirect",
    "Authorized with the buyer; alone the bank wants the buyer: PAYMENT_IN_PROCESS with a normalUrl",
  ),
  agreement(
    "mit-no-funds",
    "4000009900000103",
    "VISA",
    "mit-decline",
    "Authorized with the buyer; alone USER_BALANCE_NOT_ENOUGH",
    { code: "USER_BALANCE_NOT_ENOUGH" },
  ),
  agreement(
    "mit-advice-03",
    "5555559900000053",
    "MASTERCARD",
    "mit-decline",
    "Authorized with the buyer; alone DO_NOT_HONOR with merchant advice 03: do not try again",
    { code: "DO_NOT_HONOR", merchantAdviceCode: "03" },
  ),
  agreement(
    "mit-advice-21",
    "5555559900000061",
    "MASTERCARD",
    "mit-decline",
    "Authorized with the buyer; alone DO_NOT_HONOR with merchant advice 21: stop recurring payments",
    { code: "DO_NOT_HONOR", merchantAdviceCode: "21" },
  ),
  agreement(
    "mit-advice-24",
    "5555559900000079",
    "MASTERCARD",
    "mit-decline",
    "Authorized with the buyer; alone USER_BALANCE_NOT_ENOUGH with merchant advice 24: try again after 1 hour",
    { code: "USER_BALANCE_NOT_ENOUGH", merchantAdviceCode: "24" },
  ),
];

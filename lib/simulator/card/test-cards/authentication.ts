import { cardOfGroup, type TestCard } from "../test-card.js";

const authentication = cardOfGroup("authentication");
const FRANCE = { issuingCountry: "FR" } as const;

/** How issuers behave in 3-D Secure; the sandbox names no card for it. */
export const AUTHENTICATION_CARDS: readonly TestCard[] = [
  authentication("visa-3ds", "4035501000000016", "VISA", "wants-authentication", "The bank asks for 3-D Secure first", {
    ...FRANCE,
    code: "AUTHENTICATION_REQUIRED",
  }),
  authentication(
    "visa-frictionless",
    "4000009900000012",
    "VISA",
    "frictionless",
    "3-D Secure passes without a question",
    FRANCE,
  ),
  authentication(
    "mastercard-frictionless",
    "5555559900000020",
    "MASTERCARD",
    "frictionless",
    "3-D Secure passes without a question",
    FRANCE,
  ),
  authentication(
    "visa-attempted",
    "4000009900000020",
    "VISA",
    "attempted",
    "The bank takes no part in 3-D Secure: attempted, then authorized",
  ),
  authentication(
    "mastercard-attempted",
    "5555559900000038",
    "MASTERCARD",
    "attempted",
    "The bank takes no part in 3-D Secure: attempted, then authorized",
  ),
  authentication(
    "visa-3ds-fails",
    "4000009900000038",
    "VISA",
    "authentication-fails",
    "3-D Secure fails without a question: USER_PAYMENT_VERIFICATION_FAILED",
    { ...FRANCE, code: "USER_PAYMENT_VERIFICATION_FAILED" },
  ),
  authentication(
    "visa-low-value",
    "4000009900000046",
    "VISA",
    "low-value",
    "Excused from 3-D Secure below EUR 30, else challenged",
    FRANCE,
  ),
  authentication(
    "mastercard-data-only",
    "5555559900000046",
    "MASTERCARD",
    "data-only",
    "3-D Secure with data only: authorized, not authenticated",
  ),
  authentication(
    "visa-br-3ds",
    "4000009900000053",
    "VISA",
    "wants-authentication",
    "The bank wants 3-D Secure, and Brazilian cards are not upgraded: the shop must ask for it",
    { name: "Visa, Brazil", region: "BR", issuingCountry: "BR", code: "AUTHENTICATION_REQUIRED" },
  ),
];

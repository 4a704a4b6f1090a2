import { cardOfGroup, type TestCard } from "../test-card.js";

const accepted = cardOfGroup("accepted");

/** Cards of our own that are authorized: the other brands, and the number in the documents' samples. */
export const ACCEPTED_CARDS: readonly TestCard[] = [
  accepted("visa-sample", "4117347806156383", "VISA", "approve", "Authorized; the card of the documents' samples"),
  accepted("amex", "370000990000012", "AMEX", "approve", "Authorized"),
  accepted("jcb", "3530009900000013", "JCB", "approve", "Authorized", { issuingCountry: "JP" }),
  accepted("discover", "6011009900000014", "DISCOVER", "approve", "Authorized"),
  accepted(
    "mastercard-advice-01",
    "5555559900000012",
    "MASTERCARD",
    "approve",
    "Authorized, with merchant advice 01: new account information is available",
    { merchantAdviceCode: "01" },
  ),
];

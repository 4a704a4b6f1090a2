import { cardOfGroup, type TestCard } from "../test-card.js";

const accepted = cardOfGroup("accepted");
const authentication = cardOfGroup("authentication");
const local = cardOfGroup("local");
const declined = cardOfGroup("declined");

/** The cards Antom's sandbox publishes. Which code a declining one gets is our own choice: Antom does not say. */
export const PUBLISHED_CARDS: readonly TestCard[] = [
  accepted("visa", "4054695723100768", "VISA", "approve", "Authorized"),
  accepted("mastercard", "5162774114974622", "MASTERCARD", "approve", "Authorized", { funding: "DEBIT" }),
  declined("visa-declined", "4054692760174822", "VISA", "do-not-honor", "Declined: DO_NOT_HONOR", {
    code: "DO_NOT_HONOR",
  }),
  declined("mastercard-declined", "5162770472561357", "MASTERCARD", "no-funds", "Declined: USER_BALANCE_NOT_ENOUGH", {
    funding: "DEBIT",
    code: "USER_BALANCE_NOT_ENOUGH",
  }),
  authentication("visa-exempt", "4035501000000008", "VISA", "exempt", "Authorized; never asked for 3-D Secure", {
    issuingCountry: "FR",
  }),
  local("hyundai", "9490220011669217", "HYUNDAI", "approve", "Authorized, in won", {
    name: "Hyundai, Korea",
    region: "KR",
    issuingCountry: "KR",
  }),
  local("visa-br", "4294097400915107", "VISA", "approve", "Authorized", {
    name: "Visa, Brazil",
    region: "BR",
    issuingCountry: "BR",
  }),
  local("visa-mx", "4006055482525268", "VISA", "approve", "Authorized", {
    name: "Visa, Mexico",
    region: "MX",
    issuingCountry: "MX",
  }),
  local("visa-cl", "4600729331819383", "VISA", "approve", "Authorized", {
    name: "Visa, Chile",
    region: "CL",
    issuingCountry: "CL",
  }),
  local("visa-pe", "4310377720003234", "VISA", "approve", "Authorized", {
    name: "Visa, Peru",
    region: "PE",
    issuingCountry: "PE",
  }),
];

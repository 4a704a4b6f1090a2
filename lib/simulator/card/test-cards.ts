/** What the issuer of a card does when it is charged. */
export type CardOutcome =
  | "approve"
  /** Approved, and excused from 3-D Secure when it is asked for. */
  | "exempt"
  /** Declined unless the cardholder was authenticated. */
  | "wants-authentication"
  | "do-not-honor"
  | "no-funds";

export interface TestCard {
  /** Names the card in the address that fills the form in. */
  readonly key: string;
  readonly number: string;
  readonly name: string;
  readonly brand: string;
  /** Antom's `paymentMethodRegion`. */
  readonly region: string;
  readonly issuingCountry: string;
  readonly funding: "CREDIT" | "DEBIT";
  readonly outcome: CardOutcome;
  /** What happens, for people. */
  readonly does: string;
}

const card = (
  key: string,
  number: string,
  name: string,
  [brand, region, issuingCountry]: readonly [string, string, string],
  outcome: CardOutcome,
  does: string,
): TestCard => ({
  key,
  number,
  name,
  brand,
  region,
  issuingCountry,
  funding: key.startsWith("mastercard") ? "DEBIT" : "CREDIT",
  outcome,
  does,
});

/**
 * The cards Antom's sandbox publishes, and one of our own (the last): the sandbox names no card that an issuer wants
 * authenticated.
 */
export const TEST_CARDS: readonly TestCard[] = [
  card("visa", "4054695723100768", "Visa", ["VISA", "GLOBAL", "US"], "approve", "Authorized"),
  card("mastercard", "5162774114974622", "Mastercard", ["MASTERCARD", "GLOBAL", "US"], "approve", "Authorized"),
  card("visa-declined", "4054692760174822", "Visa", ["VISA", "GLOBAL", "US"], "do-not-honor", "Declined: DO_NOT_HONOR"),
  card(
    "mastercard-declined",
    "5162770472561357",
    "Mastercard",
    ["MASTERCARD", "GLOBAL", "US"],
    "no-funds",
    "Declined: USER_BALANCE_NOT_ENOUGH",
  ),
  card(
    "visa-exempt",
    "4035501000000008",
    "Visa",
    ["VISA", "GLOBAL", "FR"],
    "exempt",
    "Authorized; never asked for 3-D Secure",
  ),
  card("hyundai", "9490220011669217", "Hyundai, Korea", ["HYUNDAI", "KR", "KR"], "approve", "Authorized"),
  card("visa-br", "4294097400915107", "Visa, Brazil", ["VISA", "BR", "BR"], "approve", "Authorized"),
  card("visa-mx", "4006055482525268", "Visa, Mexico", ["VISA", "MX", "MX"], "approve", "Authorized"),
  card("visa-cl", "4600729331819383", "Visa, Chile", ["VISA", "CL", "CL"], "approve", "Authorized"),
  card("visa-pe", "4310377720003234", "Visa, Peru", ["VISA", "PE", "PE"], "approve", "Authorized"),
  card(
    "visa-3ds",
    "4035501000000016",
    "Visa",
    ["VISA", "GLOBAL", "FR"],
    "wants-authentication",
    "The bank asks for 3-D Secure first",
  ),
];

export const testCardByKey = (key: string): TestCard | undefined => TEST_CARDS.find((entry) => entry.key === key);

export const testCardByNumber = (number: string): TestCard | undefined =>
  TEST_CARDS.find((entry) => entry.number === number);

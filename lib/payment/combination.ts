import { isKoreanBrand } from "./card-brand.js";
import { chargedAs, isBrazilianCard, isKoreanMark, type CardDetails, type CardMark } from "./card-details.js";
import { hasPage, type PaymentChoice, type PaymentMethodName, type RecurringType } from "./method.js";
import type { CreditPayPlan, Order } from "./order.js";
import type { StoredCardView } from "./stored-card.js";

/** What the merchant's contract with Antom decides. The documents differ from one another here; see docs/ways-to-pay.md. */
export interface Contract {
  /** "apo": Antom Payment Orchestration (formerly POP), where every card is collected by the shop. (document 002) */
  readonly account: "antom" | "apo";
  /**
   * Whether Korean issuer authentication may be captured by hand. The sample of document 004 does, document 003 and newer pages know automatic
   * capture only; the safe reading is no.
   */
  readonly koreanManualCapture: boolean;
  /** Where `requireIssuerAuthentication` stands: document 004's sample puts it into the metadata, Antom's SDKs beside it. */
  readonly issuerAuthenticationIn: "paymentMethodMetaData" | "paymentMethod";
}

/** How somebody wants to pay an order, before anything is sent. */
export interface Wish {
  readonly order: Order;
  readonly method: PaymentMethodName;
  readonly choice: PaymentChoice;
  /** Where the buyer lets the shop keep the card. */
  readonly saveCard: boolean;
  readonly card?: CardDetails;
  /** What is known of the stored card, once it was looked up. */
  readonly storedCard?: Pick<StoredCardView, "cardBrand" | "issuingCountry" | "paymentMethodRegion">;
  readonly recurringType?: RecurringType;
  readonly merchantRegion?: string;
}

/** Why something cannot be: where it stands and a sentence for people. */
export interface Impossibility {
  /** A JSON pointer: into the order the shop answered with ("/order/mpiData"), or into the checkout's body ("/installments"). */
  readonly at: string;
  readonly message: string;
}

type Rule = (wish: Facts, contract: Contract) => Impossibility | false;

interface Facts extends Wish {
  readonly isKorean: boolean;
  readonly isIssuer: boolean;
  readonly installments: number | undefined;
  readonly capture: "AUTOMATIC" | "MANUAL";
}

const no = (at: string, message: string): Impossibility => ({ at, message });

/** What can not be combined, each with the reason. A comment with documents' numbers says where the rules below it come from. */
const RULES: readonly Rule[] = [
  // 002: the merchant collects every card; there is no page of Antom's, no salvage, no dual brand and no instalment.
  ({ method }, { account }) =>
    account === "apo" &&
    (method === "hosted" || method === "issuer-authentication") &&
    no(
      "/method",
      "an orchestration account (APO) has no page of Antom's; the shop collects the card: use card or stored-card",
    ),
  ({ order }, { account }) =>
    account === "apo" &&
    order.enableAuthenticationUpgrade === true &&
    no(
      "/order/enableAuthenticationUpgrade",
      "an orchestration account (APO) does not move payments to 3-D Secure; leave enableAuthenticationUpgrade out",
    ),
  ({ choice }, { account }) =>
    account === "apo" &&
    choice.cardBrand !== undefined &&
    no("/cardBrand", "an orchestration account (APO) does not let the brand be chosen"),
  ({ order }, { account }) =>
    account === "apo" &&
    order.paymentMethodRegion !== undefined &&
    no("/order/paymentMethodRegion", "an orchestration account (APO) does not let the region be chosen"),
  ({ installments }, { account }) =>
    account === "apo" &&
    installments !== undefined &&
    no("/installments", "an orchestration account (APO) has no instalments"),

  // 000, 002, 003, 004: "The MPI feature is only available if you collect the buyer's card information."
  ({ order, method }) =>
    order.mpiData !== undefined &&
    method !== "card" &&
    no(
      "/order/mpiData",
      "a 3-D Secure result from elsewhere (mpiData) can only be sent where the shop collects the card itself: method card",
    ),
  // 003: the payment is marked as one without 3-D Secure.
  ({ order }) =>
    order.mpiData !== undefined &&
    order.is3DSAuthentication === true &&
    no(
      "/order/is3DSAuthentication",
      "3-D Secure cannot be asked for again when its result from elsewhere (mpiData) is sent",
    ),
  ({ order, isKorean }) =>
    order.mpiData !== undefined &&
    isKorean &&
    no("/order/mpiData", "Korean cards know no 3-D Secure, so there can be no mpiData"),
  ({ order }) =>
    order.mpiData?.threeDSVersion.startsWith("2.") === true &&
    order.mpiData.dsTransactionId === undefined &&
    no("/order/mpiData/dsTransactionId", "a 3-D Secure 2 result from elsewhere (mpiData) needs its dsTransactionId"),

  // 000, 004: Korean cards have no 3-D Secure, and so nothing to upgrade to.
  ({ order, isKorean, isIssuer }) =>
    (isKorean || isIssuer) &&
    order.is3DSAuthentication === true &&
    no("/order/is3DSAuthentication", "Korean cards know no 3-D Secure; leave is3DSAuthentication out"),
  ({ order, isKorean, isIssuer }) =>
    (isKorean || isIssuer) &&
    order.enableAuthenticationUpgrade === true &&
    no("/order/enableAuthenticationUpgrade", "Korean cards know no 3-D Secure; leave enableAuthenticationUpgrade out"),
  (wish) =>
    wish.card !== undefined &&
    isBrazilianCard(wish.card, chosenMark(wish)) &&
    wish.order.enableAuthenticationUpgrade === true &&
    no(
      "/order/enableAuthenticationUpgrade",
      "Brazilian local cards cannot be moved to 3-D Secure; leave enableAuthenticationUpgrade out",
    ),
  ({ order, isKorean, isIssuer }) =>
    (isKorean || isIssuer) &&
    order.amount.currency !== "KRW" &&
    no("/order/amount/currency", "Korean cards are paid in KRW only"),
  ({ capture, isIssuer }, { koreanManualCapture }) =>
    isIssuer &&
    capture === "MANUAL" &&
    !koreanManualCapture &&
    no(
      "/order/capture",
      "a Korean card its issuer authenticates is captured automatically; if your contract lets you capture it, say so with contract.koreanManualCapture",
    ),
  ({ saveCard, isIssuer }) =>
    saveCard &&
    isIssuer &&
    no("/saveCard", "a Korean card its issuer authenticates is not seen by anybody else and cannot be kept"),
  ({ choice, isIssuer }) =>
    isIssuer &&
    choice.cardBrand !== undefined &&
    !isKoreanBrand(choice.cardBrand) &&
    no("/cardBrand", "only the issuer of a Korean card can authenticate its buyer; choose a Korean brand"),

  // 000, 003, 004: listed for server-to-server payments, not for the hosted page.
  ({ choice, method }) =>
    choice.cardBrand !== undefined &&
    (method === "hosted" || method === "stored-card") &&
    no(
      "/cardBrand",
      "the brand can be chosen where the shop collects the card (method card) or for issuer-authentication",
    ),
  ({ order, method }) =>
    order.paymentMethodRegion !== undefined &&
    method !== "card" &&
    no("/order/paymentMethodRegion", "the region can be chosen where the shop collects the card (method card)"),
  ({ order, method }) =>
    order.tokenizeMode !== undefined &&
    method === "issuer-authentication" &&
    no("/order/tokenizeMode", "a Korean card its issuer authenticates cannot be kept"),
  ({ saveCard, method }) => saveCard && method === "stored-card" && no("/saveCard", "this card is kept already"),

  // Instalments: what the shop allows, and the countries' rules.
  ({ order, installments }) =>
    installments !== undefined &&
    order.installments !== undefined &&
    !order.installments.includes(installments) &&
    no(
      "/installments",
      order.installments.length === 0
        ? "this order is not paid in instalments"
        : `this order can be paid in ${order.installments.join(", ")} instalments only`,
    ),
  ({ order, choice }) =>
    order.creditPayPlan !== undefined &&
    choice.installments !== undefined &&
    !isWithin(order.creditPayPlan, choice.installments) &&
    no("/installments", `this order is paid in ${numbersOf(order.creditPayPlan)} instalments`),
  (wish) =>
    (wish.installments !== undefined || isOffered(wish)) &&
    wish.capture === "MANUAL" &&
    isUnitedStates(wish) &&
    no("/order/capture", "instalments in the United States are captured automatically"),
  ({ installments, recurringType }) =>
    installments !== undefined &&
    recurringType !== undefined &&
    no("/installments", "a charge without the buyer is paid at once"),

  // Merchant-initiated: nobody is there to be authenticated.
  ({ order, recurringType }) =>
    recurringType !== undefined &&
    order.is3DSAuthentication === true &&
    no(
      "/order/is3DSAuthentication",
      "nobody is there to be authenticated when the merchant charges a card; leave is3DSAuthentication out",
    ),
  ({ order, recurringType }) =>
    recurringType !== undefined &&
    order.enableAuthenticationUpgrade === true &&
    no(
      "/order/enableAuthenticationUpgrade",
      "nobody is there to be authenticated when the merchant charges a card; leave enableAuthenticationUpgrade out",
    ),
];

/** Which of its marks an entered card is to be charged under, as far as that was chosen: by the buyer, or by the order. */
export const chosenMark = ({ order, method, choice }: Pick<Wish, "order" | "method" | "choice">): CardMark =>
  method === "card" ? { region: order.paymentMethodRegion, brand: choice.cardBrand } : {};

function isKoreanWish(wish: Wish): boolean {
  const { card, storedCard } = wish;
  if (card !== undefined) return chargedAs(card, chosenMark(wish)) !== "other";
  return isKoreanMark({ region: storedCard?.paymentMethodRegion, brand: storedCard?.cardBrand }) === true;
}

/** Whether the plan leaves the number to the buyer, who chooses it on a page that is not the shop's. */
const isOffered = ({ order: { creditPayPlan }, method }: Facts): boolean =>
  creditPayPlan?.filteredInstallmentPeriods !== undefined && hasPage(method);

const isWithin = ({ installmentNum, filteredInstallmentPeriods }: CreditPayPlan, chosen: number): boolean =>
  installmentNum === undefined
    ? filteredInstallmentPeriods?.includes(chosen) === true
    : installmentNum === String(chosen);

const numbersOf = ({ installmentNum, filteredInstallmentPeriods = [] }: CreditPayPlan): string =>
  installmentNum ?? filteredInstallmentPeriods.join(", ");

/** The United States by what is known: the shop's region or the card's, and where the shop's is not told, the currency. */
const isUnitedStates = ({ order, card, storedCard, merchantRegion }: Facts): boolean =>
  [merchantRegion, card?.billingAddress?.region, storedCard?.issuingCountry].includes("US") ||
  (merchantRegion === undefined && order.amount.currency === "USD");

/** Everything that rules out a wish, in the order of the table; empty when it can be sent. */
export function impossibilities(wish: Wish, contract: Contract): Impossibility[] {
  const { order, method, choice } = wish;
  const plan = order.creditPayPlan?.installmentNum;
  const facts: Facts = {
    isKorean: isKoreanWish(wish),
    isIssuer: method === "issuer-authentication",
    installments: choice.installments ?? (plan === undefined ? undefined : Number(plan)),
    capture: order.capture ?? "AUTOMATIC",
    ...wish,
  };
  return RULES.map((rule) => rule(facts, contract)).filter((found) => found !== false);
}

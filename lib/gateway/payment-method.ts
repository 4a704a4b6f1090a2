import { chargedAs, isBrazilianCard, type CardDetails } from "../payment/card-details.js";
import type { Contract } from "../payment/combination.js";
import type { PaymentChoice, PaymentMethodName, RecurringType } from "../payment/method.js";
import type { Order } from "../payment/order.js";
import type { Secret } from "../payment/secret.js";

/** What decides how `paymentMethod` looks. */
export interface PaymentMethodParts {
  readonly order: Order;
  readonly method: PaymentMethodName;
  readonly choice: PaymentChoice;
  readonly saveCard: boolean;
  readonly recurringType?: RecurringType;
  /** Of the payment in which the buyer agreed to be charged later. */
  readonly networkTransactionId?: string;
  readonly contract: Contract;
}

/** `paymentMethod` without card data and without token: what may be written down. (Antom: pay, PaymentMethod) */
export function paymentMethod(parts: PaymentMethodParts): Record<string, unknown> {
  const metaData = metaDataOf(parts);
  const besides =
    parts.method === "issuer-authentication" && parts.contract.issuerAuthenticationIn === "paymentMethod"
      ? { requireIssuerAuthentication: true }
      : {};
  return {
    paymentMethodType: "CARD",
    ...besides,
    ...(Object.keys(metaData).length === 0 ? {} : { paymentMethodMetaData: metaData }),
  };
}

function metaDataOf(parts: PaymentMethodParts): Record<string, unknown> {
  const { order, method, choice, saveCard, contract } = parts;
  const { is3DSAuthentication, enableAuthenticationUpgrade, tokenizeMode } = order;
  switch (method) {
    case "hosted":
      return defined({
        is3DSAuthentication,
        enableAuthenticationUpgrade,
        tokenizeMode: saveCard ? "ASKFORCONSENT" : tokenizeMode,
      });
    case "card":
      return defined({
        isCardOnFile: false,
        tokenize: saveCard ? true : undefined,
        selectedCardBrand: choice.cardBrand,
        paymentMethodRegion: order.paymentMethodRegion,
        mpiData: order.mpiData,
      });
    case "stored-card":
      return defined({
        isCardOnFile: true,
        ...(parts.recurringType === undefined
          ? { is3DSAuthentication, enableAuthenticationUpgrade }
          : // Nobody is there: neither may become a page to go to.
            {
              is3DSAuthentication: false,
              enableAuthenticationUpgrade: false,
              recurringType: parts.recurringType,
              networkTransactionId: parts.networkTransactionId,
            }),
      });
    case "issuer-authentication":
      return defined({
        selectedCardBrand: choice.cardBrand,
        requireIssuerAuthentication: contract.issuerAuthenticationIn === "paymentMethodMetaData" ? true : undefined,
      });
  }
}

/**
 * The request with the card in it, for one call: with what the mark it is charged under asks for, and nothing that is for the other one alone.
 * Both switches of 3-D Secure are spelt out, as the documents' sample does; Korean cards know neither, nor a cvv, and Brazilian ones no upgrade.
 */
export function withCard(request: PayBody, card: Secret<CardDetails>, order: Order): PayBody {
  const method = membersOf(request["paymentMethod"]);
  const metaData = membersOf(method["paymentMethodMetaData"]);
  const details = chargedDetails(card.reveal(), metaData, order);
  return { ...request, paymentMethod: { ...method, paymentMethodMetaData: { ...metaData, ...defined(details) } } };
}

function chargedDetails(card: CardDetails, metaData: PayBody, order: Order): Record<string, unknown> {
  const { cvv, dateOfBirth, businessNo, cardPasswordDigest, ...common } = card;
  const holder = { dateOfBirth, businessNo, cardPasswordDigest };
  const { is3DSAuthentication, enableAuthenticationUpgrade } = order;
  const chosen = { region: textOf(metaData["paymentMethodRegion"]), brand: textOf(metaData["selectedCardBrand"]) };
  switch (chargedAs(card, chosen)) {
    case "korean":
      return { ...common, ...holder };
    case "either":
      return { ...common, ...holder, cvv, is3DSAuthentication, enableAuthenticationUpgrade };
    case "other":
      return {
        ...common,
        cvv,
        is3DSAuthentication: is3DSAuthentication ?? false,
        // Document 002 leaves the upgrade out of its text and has it in its sample; absent means true in any case. Brazil's local cards know none.
        enableAuthenticationUpgrade: enableAuthenticationUpgrade ?? (isBrazilianCard(card, chosen) ? undefined : true),
      };
  }
}

/** The request with a stored card's token in it, for one call. */
export const withToken = (request: PayBody, token: Secret<string>): PayBody => ({
  ...request,
  paymentMethod: { ...membersOf(request["paymentMethod"]), paymentMethodId: token.reveal() },
});

/** The body of a pay request. */
export type PayBody = Readonly<Record<string, unknown>>;

const membersOf = (value: unknown): PayBody => (typeof value === "object" && value !== null ? { ...value } : {});

const textOf = (value: unknown): string | undefined => (typeof value === "string" ? value : undefined);

const defined = (record: Record<string, unknown>): Record<string, unknown> =>
  Object.fromEntries(Object.entries(record).filter(([, value]) => value !== undefined));

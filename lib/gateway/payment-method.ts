import { isKoreanCard, type CardDetails } from "../payment/card-details.js";
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
 * The request with the card in it, for one call. Both switches of 3-D Secure are spelt out, as the documents' sample does; Korean cards know
 * neither, nor a cvv.
 */
export function withCard(request: PayBody, card: Secret<CardDetails>, order: Order): PayBody {
  const { cvv, ...details } = card.reveal();
  const checks = isKoreanCard(details)
    ? {}
    : {
        cvv,
        is3DSAuthentication: order.is3DSAuthentication ?? false,
        // Document 002 leaves the upgrade out of its text and has it in its sample; absent means true in any case.
        enableAuthenticationUpgrade: order.enableAuthenticationUpgrade ?? true,
      };
  const method = membersOf(request["paymentMethod"]);
  const metaData = { ...membersOf(method["paymentMethodMetaData"]), ...details, ...defined(checks) };
  return { ...request, paymentMethod: { ...method, paymentMethodMetaData: metaData } };
}

/** The request with a stored card's token in it, for one call. */
export const withToken = (request: PayBody, token: Secret<string>): PayBody => ({
  ...request,
  paymentMethod: { ...membersOf(request["paymentMethod"]), paymentMethodId: token.reveal() },
});

/** The body of a pay request. */
export type PayBody = Readonly<Record<string, unknown>>;

const membersOf = (value: unknown): PayBody => (typeof value === "object" && value !== null ? { ...value } : {});

const defined = (record: Record<string, unknown>): Record<string, unknown> =>
  Object.fromEntries(Object.entries(record).filter(([, value]) => value !== undefined));

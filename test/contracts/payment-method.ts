import { address, userName } from "./common.js";
import { flag, like, members, oneOf, text, type Kind } from "./shape.js";
import { go, pages, plugin, python, SAMPLE_004, SAMPLES } from "./sources.js";

const CARD = go("CardPaymentMethodDetail");
const LENGTHS = python("CardPaymentMethodDetail");
const PLUGIN = plugin("Antom_Order_Payment_Method_Model");

/** Antom's CardBrand. */
const BRANDS = [
  ...["AMEX", "CARNET", "CARTES_BANCAIRES", "CUP", "DINERS", "DISCOVER", "ELO", "HIPERCARD", "JCB", "MAESTRO"],
  ...["MASTERCARD", "MIR", "TROY", "VISA"],
  ...["BC", "CITI", "GWANGJUBANK", "HYUNDAI", "IBK_BC", "JEJUBANK", "JEONBUKBANK", "KAKAOBANK", "KBANK", "KDBBANK"],
  ...["KEBHANA", "KOOKMIN", "LOTTE", "NONGHYUP", "POST", "SAEMAUL", "SAMSUNG", "SAVINGBANK", "SHINHAN"],
  ...["SHINHYEOP", "SUHYEOP", "TOSSBANK", "WOORI"],
];

const mpiData: Kind = members({
  threeDSVersion: { is: oneOf("1.0.2", "2.1.0", "2.2.0"), required: true, seen: [go("MpiData"), PLUGIN] },
  eci: { is: oneOf("00", "01", "02", "05", "06", "07"), required: true, seen: [go("MpiData"), PLUGIN] },
  cavv: { is: text(64), seen: [go("MpiData"), PLUGIN] },
  dsTransactionId: { is: text(64), seen: [go("MpiData"), PLUGIN] },
  credentialType: { is: oneOf("PAN", "NETWORK_TOKEN"), seen: [go("MpiData"), pages("pay: MpiData")] },
});

const metaData: Kind = members({
  cardNo: { is: like("^[0-9]{12,19}$"), seen: [SAMPLES, CARD, LENGTHS, PLUGIN] },
  // The SDK says three digits, the plugin four; American Express has four.
  cvv: { is: like("^[0-9]{3,4}$"), seen: [SAMPLES, CARD, LENGTHS, PLUGIN] },
  expiryMonth: { is: like("^(0[1-9]|1[0-2])$"), seen: [SAMPLES, CARD, LENGTHS, PLUGIN] },
  expiryYear: { is: like("^[0-9]{2}$"), seen: [SAMPLES, CARD, LENGTHS, PLUGIN] },
  cardholderName: { is: userName, seen: [SAMPLES, CARD, PLUGIN] },
  billingAddress: { is: address, seen: [SAMPLES, CARD, PLUGIN] },
  is3DSAuthentication: { is: flag, seen: [SAMPLES, CARD, PLUGIN] },
  enableAuthenticationUpgrade: { is: flag, seen: [SAMPLES, PLUGIN] },
  isCardOnFile: { is: flag, seen: [SAMPLES, PLUGIN] },
  tokenize: { is: flag, seen: [PLUGIN, pages("tokenization")] },
  tokenizeMode: { is: oneOf("ASKFORCONSENT"), seen: [pages("tokenization")] },
  // The SDK's longest is 256; the plugin cuts at 100.
  networkTransactionId: { is: text(256), seen: [CARD, LENGTHS, PLUGIN] },
  recurringType: { is: oneOf("SCHEDULED", "UNSCHEDULED"), seen: [PLUGIN, pages("mit")] },
  selectedCardBrand: { is: oneOf(...BRANDS), seen: [SAMPLE_004, CARD, PLUGIN] },
  requireIssuerAuthentication: { is: flag, seen: [SAMPLE_004] },
  paymentMethodRegion: { is: text(6), seen: [PLUGIN] },
  mpiData: { is: mpiData, seen: [CARD, PLUGIN] },
  dateOfBirth: { is: like("^[12][0-9]{3}-[01][0-9]-[0-3][0-9]$"), seen: [CARD, LENGTHS, PLUGIN] },
  businessNo: { is: like("^[0-9]{10}$"), seen: [CARD, LENGTHS, PLUGIN] },
  cardPasswordDigest: { is: like("^[0-9]{2}$"), seen: [CARD, LENGTHS, PLUGIN] },
  cpf: { is: like("^[0-9]{11}$"), seen: [CARD, LENGTHS, PLUGIN] },
  payerEmail: { is: text(64), seen: [CARD, LENGTHS, PLUGIN] },
});

/** How the buyer pays. A token is longer in the SDK's card model (2048) than on the pay page (128): opaque up to the longer. */
export const paymentMethod: Kind = members({
  paymentMethodType: { is: oneOf("CARD"), required: true, seen: [SAMPLES, go("PaymentMethod")] },
  paymentMethodId: { is: text(2048), seen: [go("PaymentMethod"), python("CardPaymentMethodDetail.cardToken")] },
  paymentMethodMetaData: { is: metaData, seen: [SAMPLES, go("PaymentMethod")] },
  requireIssuerAuthentication: { is: flag, seen: [go("PaymentMethod")] },
});

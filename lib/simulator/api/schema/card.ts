import type { SchemaObject } from "ajv";
import { CARD_BRANDS } from "../../../payment/card-brand.js";
import { address, flag, text, userName } from "./shapes.js";

/** `paymentMethod` of a pay request; the lengths are those of the vaulting card object, the only place with lengths. */
export const paymentMethod: SchemaObject = {
  type: "object",
  required: ["paymentMethodType"],
  properties: {
    paymentMethodType: { const: "CARD" },
    paymentMethodId: { type: "string", minLength: 1, maxLength: 2048 },
    requireIssuerAuthentication: flag,
    extendInfo: text(2048),
    paymentMethodMetaData: {
      type: "object",
      dependencies: { cardNo: ["expiryMonth", "expiryYear"] },
      properties: {
        cardNo: { type: "string", pattern: "^[0-9]{1,32}$" },
        cvv: { type: "string", pattern: "^[0-9]{1,4}$" },
        expiryMonth: { type: "string", pattern: "^[0-9]{2}$" },
        expiryYear: { type: "string", pattern: "^[0-9]{2}$" },
        cardholderName: userName,
        billingAddress: address,
        is3DSAuthentication: flag,
        enableAuthenticationUpgrade: flag,
        enableAuthenticationUpgrate: flag,
        isCardOnFile: flag,
        tokenize: flag,
        tokenizeMode: { enum: ["ASKFORCONSENT", ""] },
        networkTransactionId: text(256),
        recurringType: { enum: ["SCHEDULED", "UNSCHEDULED", ""] },
        selectedCardBrand: { enum: CARD_BRANDS },
        paymentMethodRegion: text(6),
        requireIssuerAuthentication: flag,
        dateOfBirth: { type: "string", pattern: "^[0-9]{4}-[0-9]{2}-[0-9]{2}$" },
        businessNo: { type: "string", pattern: "^[0-9]{10}$" },
        cardPasswordDigest: { type: "string", pattern: "^[0-9]{2}$" },
        cpf: { type: "string", pattern: "^(?:[0-9]{11}|[0-9]{3}\\.[0-9]{3}\\.[0-9]{3}-[0-9]{2})$" },
        payerEmail: { type: "string", maxLength: 64, pattern: "^[^@\\s]+@[^@\\s]+$" },
        // The result of a 3-D Secure run elsewhere; whoever passed, or was tried, has a cavv.
        mpiData: {
          type: "object",
          required: ["eci", "cavv"],
          properties: {
            threeDSVersion: text(16),
            eci: { enum: ["00", "01", "02", "04", "05", "06", "07"] },
            cavv: text(64),
            dsTransactionId: text(64),
            credentialType: { enum: ["PAN", "NETWORK_TOKEN"] },
          },
        },
      },
    },
  },
};

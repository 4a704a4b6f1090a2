import type { SchemaObject } from "ajv";
import { CARD_BRANDS } from "../../card/brand.js";
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
        isCardOnFile: flag,
        tokenize: flag,
        tokenizeMode: text(64),
        networkTransactionId: text(256),
        recurringType: text(64),
        selectedCardBrand: { enum: CARD_BRANDS },
        paymentMethodRegion: text(6),
        requireIssuerAuthentication: flag,
        dateOfBirth: { type: "string", pattern: "^[0-9]{4}-[0-9]{2}-[0-9]{2}$" },
        businessNo: { type: "string", pattern: "^[0-9]{10}$" },
        cardPasswordDigest: { type: "string", pattern: "^[0-9]{2}$" },
        cpf: text(14),
        payerEmail: text(64),
        mpiData: {
          type: "object",
          required: ["eci", "cavv"],
          properties: {
            threeDSVersion: text(16),
            eci: { type: "string", pattern: "^[0-9]{2}$" },
            cavv: text(64),
            dsTransactionId: text(64),
            credentialType: { enum: ["PAN", "NETWORK_TOKEN"] },
          },
        },
      },
    },
  },
};

/** What Antom's refusals of whoever asks mean for the configuration. */
const REFUSALS: Readonly<Record<string, string>> = {
  INVALID_SIGNATURE:
    "upload the public half of privateKey to the dashboard of this client id, and see that keyVersion is the one shown there",
  SIGNATURE_INVALID:
    "upload the public half of privateKey to the dashboard of this client id, and see that keyVersion is the one shown there",
  KEY_NOT_FOUND: "the dashboard of this client id has no key of this keyVersion: upload the public half of privateKey",
  CLIENT_INVALID: "clientId is not the one the dashboard shows, or belongs to another gateway",
  INVALID_CLIENT: "clientId is not the one the dashboard shows, or belongs to another gateway",
  UNKNOWN_CLIENT: "clientId is not the one the dashboard shows, or belongs to another gateway",
  INVALID_CLIENT_STATUS: "the account of this client id is not active: ask Antom",
  CLIENT_FORBIDDEN_ACCESS_API: "this client id may not call the payment API: ask Antom",
  ACCESS_DENIED: "this client id may not call the payment API: ask Antom",
  INVALID_API: "the gateway does not know the API: is it the region's that the dashboard shows?",
  NO_INTERFACE_DEF: "the gateway does not know the API: is it the region's that the dashboard shows?",
};

/** What it means for the configuration that Antom refuses whoever asks with this result code; undefined where the code says nothing of that. */
export const refusalOfAsker = (resultCode: string): string | undefined =>
  Object.hasOwn(REFUSALS, resultCode) ? REFUSALS[resultCode] : undefined;

import type { IncomingHttpHeaders } from "node:http";
import { parseSignature, verify } from "../../gateway/signature.js";
import type { Credentials } from "../credentials.js";
import type { Settings } from "../options.js";
import type { ResultCode } from "../result.js";

/** Why a request is not the merchant's own; undefined when it is. */
export function authenticationProblem(
  path: string,
  headers: IncomingHttpHeaders,
  body: Buffer,
  { settings, credentials }: { readonly settings: Settings; readonly credentials: Credentials },
): ResultCode | undefined {
  const clientId = text(headers["client-id"]);
  if (clientId !== settings.clientId) return "CLIENT_INVALID";
  const signature = parseSignature(text(headers["signature"]));
  const time = text(headers["request-time"]);
  if (signature === undefined || time === undefined) return "INVALID_SIGNATURE";
  if (signature.keyVersion !== settings.merchantKeyVersion) return "KEY_NOT_FOUND";
  const isSigned = verify({ path, clientId, time, body }, signature.signature, credentials.merchantPublicKey);
  return isSigned ? undefined : "INVALID_SIGNATURE";
}

const text = (value: string | string[] | undefined): string | undefined =>
  Array.isArray(value) ? value.join(", ") : value;

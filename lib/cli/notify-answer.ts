import { ERRORS, type AntomErrorCode } from "../errors.js";
import type { TransportFailure, TransportResponse } from "../gateway/transport.js";

/** What came back from a notify URL, understood. */
export interface NotifyAnswer {
  readonly status: number;
  /** Whether it is what makes Antom stop sending. */
  readonly isAccepted: boolean;
  /** The kit's error code; undefined where something else answered, or all is well. */
  readonly code?: AntomErrorCode;
  readonly explanation: string;
}

/** What is wrong where the kit refuses a notification, and what to look at. */
const EXPLANATIONS: Readonly<Partial<Record<AntomErrorCode, string>>> = {
  signature_invalid:
    "The client id, the body, the time and the notify URL are not what was signed. Is clientId the one it was sent to, is the body byte for byte what Antom sent, is publicUrl (or urls.notify) the " +
    "address Antom calls, and is antomPublicKey Antom's own, of this client id?",
  notification_invalid: "It is signed, and is no notification the kit can read.",
  payment_not_found: "It is signed, and about no payment in this storage. Is this the shop's own storage?",
  content_type_unsupported: "The body is compressed, which is not what Antom sends; a proxy may do it.",
  body_missing: "A body parser ran before the kit. Mount antom.router before express.json().",
  gateway_unanswered:
    "A body parser ran before the kit, so Antom had to be asked, and gave no answer. Mount antom.router before express.json().",
  storage_unavailable: "The storage is away. Antom sends the notification again.",
  not_started: "The kit has not started, or has been stopped.",
};

/** What was sent, as far as it explains a refusal: the kit gives every sender one and the same. */
export interface Sent {
  /** By their names in lower case. */
  readonly headers: Readonly<Record<string, string>>;
  /** Of the kit that answered, where it is known. */
  readonly clientId?: string;
}

export function readAnswer(
  { status, headers, body }: Pick<TransportResponse, "status" | "headers" | "body">,
  sent?: Sent,
): NotifyAnswer {
  const answer = fieldsOf(body);
  const code = codeOf(answer);
  if (code !== undefined) {
    const seen = code === "signature_invalid" && sent !== undefined ? seenIn(sent) : undefined;
    return { status, isAccepted: false, code, explanation: seen ?? EXPLANATIONS[code] ?? `${ERRORS[code].title}.` };
  }
  if (status === 200 && isAcknowledgement(answer)) {
    return { status, isAccepted: true, explanation: "It is accepted, and its effect is on disk." };
  }
  return { status, isAccepted: false, explanation: strange(status, headers["location"]) };
}

const SIGNED_BY = ["client-id", "request-time", "signature"] as const;

/** Why a notification is refused, where that can be seen in what was sent. */
function seenIn({ headers, clientId }: Sent): string | undefined {
  if (SIGNED_BY.some((name) => (headers[name] ?? "") === "")) {
    return "One of the headers Client-Id, Request-Time and Signature is missing; replay it with the headers it came with.";
  }
  return clientId === undefined || headers["client-id"] === clientId
    ? undefined
    : "It is for another client id than clientId. A sandbox and a live account have one each.";
}

function strange(status: number, location: string | string[] | undefined): string {
  if (status >= 300 && status < 400) {
    return `It is redirected to ${String(location ?? "nowhere")}, where Antom does not follow. Give the address that answers by itself.`;
  }
  if (status === 404)
    return "Nothing is mounted there. Is antom.router where publicUrl says, and does the proxy pass it on?";
  if (status === 401 || status === 403)
    return "Something in front of the kit wants a login. Let this path through: the kit checks Antom's signature.";
  if (status >= 502 && status <= 504) return "A proxy answers that the shop does not. Is the shop running?";
  return "Something else than the kit answers there.";
}

const codeOf = (answer: object): AntomErrorCode | undefined => {
  const code: unknown = Reflect.get(answer, "code");
  return isCode(code) ? code : undefined;
};

const isCode = (code: unknown): code is AntomErrorCode => typeof code === "string" && Object.hasOwn(ERRORS, code);

const isAcknowledgement = (answer: object): boolean => {
  const result: unknown = Reflect.get(answer, "result");
  return typeof result === "object" && result !== null && Reflect.get(result, "resultStatus") === "S";
};

function fieldsOf(body: Buffer): object {
  try {
    const value: unknown = JSON.parse(body.toString("utf8"));
    return typeof value === "object" && value !== null ? value : {};
  } catch {
    return {};
  }
}

/** Why nobody answered at all, and what to look at. */
export const FAILURES: Readonly<Record<TransportFailure, string>> = {
  name_not_found: "its name is not known; look at the address and the DNS",
  refused: "nobody listens there; look at the address, the firewall and whether it runs",
  tls: "its certificate is not trusted, or it does not speak TLS 1.2 or later",
  reset: "the connection broke",
  timeout: "it took too long to answer",
  too_large: "its answer is longer than any that is expected",
  malformed: "it does not speak HTTP",
  network: "the network failed",
};

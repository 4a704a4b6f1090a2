import { inquiryAnswer, inquiryFacts } from "../gateway/inquiry-payment.js";
import { parseJson } from "../gateway/json.js";
import type { Transport } from "../gateway/transport.js";
import { accepts } from "../gateway/wire.js";

/** Hears what Antom answers to inquiries. */
export interface InquiryEar {
  /** The transport it listens at. */
  readonly transport: Transport;
  /**
   * What Antom said last, where that does not tell how the payment stands; undefined where it does. Of an answer that could not be believed
   * nothing is known here.
   */
  readonly vagueAnswer: () => string | undefined;
}

export function listenTo(transport: Transport): InquiryEar {
  let heard: Buffer | undefined;
  return {
    async transport(request) {
      const response = await transport(request);
      if (request.url.pathname.endsWith("/inquiryPayment")) heard = response.body;
      return response;
    },
    vagueAnswer() {
      const answer = heard === undefined ? undefined : read(heard);
      if (!accepts(inquiryAnswer, answer)) return undefined;
      const { result, paymentStatus = "no paymentStatus" } = answer;
      if (inquiryFacts({ kind: "answered", result, body: answer }).length > 0) return undefined;
      return result.resultStatus === "S" ? paymentStatus : result.resultCode;
    },
  };
}

function read(bytes: Buffer): unknown {
  try {
    return parseJson(bytes);
  } catch {
    return undefined;
  }
}

import { createTransport, TransportError } from "../../gateway/transport.js";
import { isThisMachine } from "../../web-url.js";
import { FAILURES, readAnswer } from "../notify-answer.js";
import { fail, ok, unseen, warn, type Check } from "./finding.js";

const NAME = "notify URL";
const TIMEOUT = 10_000;
const MOST = 256 * 1024;

/** Looks like a signature, so that a kit that could verify none goes on to what was sent. */
const NO_SIGNATURE = "algorithm=RSA256,keyVersion=1,signature=AAAA";

/** Sends the notify URL something that Antom has not signed: the kit's refusal of it shows that notifications reach the kit. */
export const checkNotifyUrl: Check = async ({ configuration, options, clock }) => {
  if (configuration === undefined) return [unseen(NAME)];
  const url = new URL(configuration.urls.notify);
  const transport = createTransport();
  try {
    const response = await transport({
      url,
      headers: {
        "content-type": "application/json; charset=UTF-8",
        "client-id": options.clientId,
        "request-time": new Date(clock.now()).toISOString(),
        signature: NO_SIGNATURE,
      },
      body: Buffer.from("{}", "utf8"),
      timeout: TIMEOUT,
      maxBytes: MOST,
    });
    const { status, code, explanation } = readAnswer(response);
    if (code === "signature_invalid") {
      const isHere = isThisMachine(url) && !isThisMachine(new URL(configuration.origin));
      if (!isHere) return [ok(NAME, `${url.href} reaches the kit, which wants a signature`)];
      return [
        warn(NAME, `${url.href} is this very machine: Antom cannot reach it; set publicUrl to the public address`),
      ];
    }
    // Where nothing can be verified, the kit looks at what was sent.
    if (code === "notification_invalid" || code === "payment_not_found") {
      return [
        warn(
          NAME,
          `${url.href} reaches the kit after a body parser, so nothing can be verified: mount antom.router before express.json()`,
        ),
      ];
    }
    return [fail(NAME, `${url.href} answers ${status}${code === undefined ? "" : ` ${code}`}. ${explanation}`)];
  } catch (error) {
    if (!(error instanceof TransportError)) throw error;
    return [fail(NAME, `${url.href} cannot be reached from here: ${FAILURES[error.failure]}; is the shop running?`)];
  } finally {
    transport.close();
  }
};

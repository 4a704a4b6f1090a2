import type { Clock } from "../ports.js";
import { TransportError, type Transport, type TransportResponse } from "./transport.js";

/**
 * The shop's own transport, held to the time and the size that were asked of it: whoever asks about the same payment waits for the same
 * answer, so that one that never came would hold them all up.
 */
export function givenTransport(transport: Transport, clock: Clock): Transport {
  return async (request) => {
    const { timeout, maxBytes } = request;
    let cancel = (): void => undefined;
    const late = new Promise<never>((_resolve, reject) => {
      cancel = clock.after(timeout, () => {
        reject(new TransportError("timeout", `the transport gave no whole answer within ${timeout} ms`));
      });
    });
    // What throws at once has rejected: the time is not to run out for it later, with nobody there to hear.
    const answer = new Promise<TransportResponse>((resolve) => {
      resolve(transport(request));
    });
    try {
      const response = await Promise.race([answer, late]);
      if (response.body.length > maxBytes) {
        throw new TransportError("too_large", `the answer is longer than ${maxBytes} bytes`);
      }
      return response;
    } finally {
      cancel();
    }
  };
}

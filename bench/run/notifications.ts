import { privateKey } from "../../lib/gateway/keys.js";
import { sign } from "../../lib/gateway/signature.js";
import { NOTIFY_PATH, type Identity } from "./keys.js";
import { antomId, paymentId } from "./payment-ids.js";
import { request, writeRecords, type Records } from "./records.js";

const STRIDE = 2304;

/** When the bench's payments are paid; held for seven days from then. To the second, as Antom writes it. */
const NOW = new Date().toISOString().replace(/\.\d+Z/, "+00:00");

/** A notification that the payment is authorized, as in Antom's documents (notifyPayment): about a kilobyte. */
export function authorized(id: string): string {
  return JSON.stringify({
    notifyType: "PAYMENT_RESULT",
    result: { resultCode: "SUCCESS", resultStatus: "S", resultMessage: "success" },
    paymentRequestId: id,
    paymentId: antomId(id),
    paymentAmount: { value: "1999", currency: "EUR" },
    actualPaymentAmount: { value: "1999", currency: "EUR" },
    paymentCreateTime: NOW,
    paymentTime: NOW,
    paymentMethodType: "CARD",
    paymentResultInfo: {
      cardNo: "**** **** **** 0768",
      cardBrand: "VISA",
      cardBin: "40546957",
      lastFour: "0768",
      issuingCountry: "DE",
      issuerName: "A BANK OF THE BENCH",
      funding: "CREDIT",
      cardCategory: "CONSUMER",
      paymentMethodRegion: "GLOBAL",
      avsResultRaw: "A",
      cvvResultRaw: "Y",
      networkTransactionId: "sampleNetworkTransactionId123456",
      threeDSResult: {
        eci: "05",
        threeDSVersion: "2.2.0",
        cavv: "AJkBBkhgQQAAAAxFUgQAAAAAAAA=",
        dsTransactionId: "c5b808e7-1de1-4069-a17b-f70d3b3b1645",
      },
    },
    acquirerReferenceNo: "24692166001000000000001",
    metadata: JSON.stringify({ shop: "the shop of the bench" }),
  });
}

/** The notifications of so many payments, each really signed by Antom's key. Takes a ninth of a millisecond each on two cores. */
export function writeNotifications(file: string, count: number, identity: Identity, from = 0): Promise<Records> {
  const key = privateKey(identity.antomKey);
  return writeRecords(file, count, STRIDE, (number) =>
    notification(from + number, identity, (message) => sign(message, key, "1")),
  );
}

/** Notifications with everything right but the signature, which is another one's. */
export async function writeForged(file: string, count: number, identity: Identity): Promise<Records> {
  const key = privateKey(identity.antomKey);
  const other = await sign({ path: NOTIFY_PATH, clientId: identity.clientId, time: "1", body: "{}" }, key, "1");
  return writeRecords(file, count, STRIDE, (number) => notification(number, identity, () => Promise.resolve(other)));
}

type Sign = (message: { path: string; clientId: string; time: string; body: string }) => Promise<string>;

async function notification(number: number, { clientId }: Identity, signed: Sign): Promise<Buffer> {
  const body = authorized(paymentId(number));
  const time = NOW;
  const signature = await signed({ path: NOTIFY_PATH, clientId, time, body });
  return request(
    "POST",
    NOTIFY_PATH,
    {
      "content-type": "application/json; charset=UTF-8",
      "client-id": clientId,
      "request-time": time,
      signature,
      "user-agent": "Antom",
    },
    body,
  );
}

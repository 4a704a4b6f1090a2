import { expect } from "chai";
import { createGateway, type Gateway } from "../../lib/gateway/gateway.js";
import { createKeyRing } from "../../lib/gateway/key-ring.js";
import { privateKey } from "../../lib/gateway/keys.js";
import { createTransport } from "../../lib/gateway/transport.js";
import { ANTOM_KEYS, CLIENT_ID, SHOP_KEYS } from "../support/keys.js";
import { commanded } from "./commanded.js";
import { expectAgreement, MINUTE, refusalOf, startOperations, type OperationsShop } from "./operations-shop.js";

/** What staff did on Antom's dashboard, of which nobody has told the kit. */
describe("a command about a payment that is not any more what it was thought to be", () => {
  let shop: OperationsShop;
  let dashboard: Gateway;
  const transport = createTransport();
  after(() => {
    transport.close();
  });

  beforeEach(async () => {
    shop = await startOperations({}, { resend: false });
    const silent = (): void => undefined;
    dashboard = createGateway({
      clientId: CLIENT_ID,
      privateKey: privateKey(SHOP_KEYS.privateKey),
      keyVersion: "1",
      keyRing: createKeyRing(ANTOM_KEYS.publicKey),
      origin: shop.simulator.credentials.gateway,
      timeout: 5_000,
      transport,
      clock: shop.clock,
      logger: { debug: silent, info: silent, warn: silent, error: silent },
    });
    shop.simulator.addFault({ operation: "notify", fault: "drop", times: 1_000 });
  });
  afterEach(() => shop.stop());

  const cancelled = async (id: string): Promise<void> => {
    await dashboard.cancel(id);
  };
  const captured = async (id: string): Promise<void> => {
    await dashboard.capture({
      captureRequestId: "DASHBOARD-1",
      paymentId: (await shop.payments.get(id)).paymentId,
      captureAmount: { currency: "EUR", value: "10000" },
    });
  };

  const CASES = [
    {
      title: "a capture of what was voided",
      elsewhere: cancelled,
      kind: "capture",
      resultCode: "AUTH_CANCELLED",
      ends: "voided",
    },
    {
      title: "an increase of what was voided",
      elsewhere: cancelled,
      kind: "increase",
      resultCode: "AUTH_CANCELLED",
      ends: "voided",
    },
    {
      title: "a void of what was captured",
      elsewhere: captured,
      kind: "void",
      resultCode: "PROCESS_FAIL",
      ends: "captured",
    },
    {
      title: "a capture of what was captured",
      elsewhere: captured,
      kind: "capture",
      resultCode: "CAPTURE_AMOUNT_EXCEED_AUTH_LIMIT",
      ends: "captured",
    },
  ] as const;

  for (const { title, elsewhere, kind, resultCode, ends } of CASES) {
    it(`(${title}) is refused, and the kit finds out how the payment stands`, async () => {
      const { authorized, payments, later, simulator } = shop;
      const id = await authorized();
      await elsewhere(id);
      const request = kind === "increase" ? { amount: "12500" } : {};
      expect(await refusalOf(commanded(payments, kind, id, request))).to.include({ resultCode });
      for (let minute = 0; minute < 5; minute++) await later(MINUTE);
      const payment = await payments.get(id);
      expect(payment.status).to.equal(ends);
      expect(payment.capturedAmount).to.equal(ends === "captured" ? "10000" : "0");
      expect(simulator.ledger(id).captures.length + simulator.ledger(id).cancels.length).to.equal(1);
    });
  }

  it("(a void that was done already) is done: Antom answers the same again", async () => {
    const { authorized, payments, simulator } = shop;
    const id = await authorized();
    await cancelled(id);
    const payment = await payments.void(id);
    expect(payment.status).to.equal("voided");
    expectAgreement(simulator, payment);
  });
});

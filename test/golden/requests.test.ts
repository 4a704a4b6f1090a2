import { expect } from "chai";
import { PAID } from "../support/simulated-shop.js";
import type { AntomOptions, Order } from "../../lib/index.js";
import type { Simulator, SimulatorOptions } from "../../lib/simulator.js";
import { sample } from "../gateway/sample.js";
import {
  APP_HEADERS,
  BROWSER_HEADERS,
  brokenContracts,
  openMerchant,
  openSimulator,
  type Merchant,
} from "./merchant.js";
import { CARD_FIELDS, KOREAN_ORDER, ONE_SPACE, sampleOrder, TWO_SPACES } from "./sample-order.js";

/** Ids and addresses are the kit's to choose. */
const withoutIds = (body: object): object =>
  Object.fromEntries(
    Object.entries(body).filter(
      ([name]) => !["paymentRequestId", "paymentNotifyUrl", "paymentRedirectUrl"].includes(name),
    ),
  );

/** The sample as the document prints it: the category has one space in some, two in others. */
const printed = (name: string, goodsCategory: string): object =>
  JSON.parse(JSON.stringify(sample(`pay-request.${name}`)).replaceAll(TWO_SPACES, goodsCategory)) as object;

describe("the documents' request samples", () => {
  let merchant: Merchant;
  let simulator: Simulator;
  afterEach(async () => {
    await simulator.close();
    await merchant.stop();
  });

  const opened = async (order: Order, options: Partial<AntomOptions>, simulated: SimulatorOptions = {}) => {
    simulator = await openSimulator(simulated);
    merchant = await openMerchant(simulator.credentials.gateway, order, options);
  };

  /** The checkout's one call to pay, and how the simulator answered it. */
  const expectSent = (expected: object, resultCode: string): void => {
    const pays = merchant.sent.filter(({ operation }) => operation === "pay");
    expect(pays).to.have.length(1);
    expect(withoutIds(pays[0]?.body ?? {})).to.deep.equal(withoutIds(expected));
    expect(pays[0]?.body["paymentNotifyUrl"]).to.equal(`${merchant.url}/notify`);
    expect(pays[0]?.body["paymentRedirectUrl"]).to.match(/^http:\/\/127\.0\.0\.1:\d+\/payments\/return\/PAY/);
    expect(simulator.requests().filter(({ operation }) => operation === "pay")).to.have.length(1);
    expect(simulator.requests()[0]?.resultCode).to.equal(resultCode);
    expect(brokenContracts(merchant)).to.deep.equal([]);
  };

  const serverToServer = async (
    goodsCategory: string,
    account: "antom" | "apo" = "antom",
    upgrade: Partial<Order> = { enableAuthenticationUpgrade: true, is3DSAuthentication: false },
  ): Promise<void> => {
    await opened({ ...sampleOrder(goodsCategory), ...upgrade }, { pciQualified: true, account }, { account });
    const answer = await merchant.checkout(CARD_FIELDS, BROWSER_HEADERS);
    expect(answer.body["payment"], answer.text).to.include({ orderId: merchant.order.orderId });
    expect(answer.body["payment"], answer.text).to.have.property("status").that.is.oneOf(PAID);
    expectSent(printed("server-to-server", goodsCategory), "SUCCESS");
  };

  const hosted = async (goodsCategory: string): Promise<void> => {
    await opened(sampleOrder(goodsCategory), { settlementCurrency: "EUR" });
    const answer = await merchant.checkout({}, BROWSER_HEADERS);
    expect(answer.body["payment"], answer.text).to.include({ status: "requires_action" });
    expectSent(printed("hosted", goodsCategory), "PAYMENT_IN_PROCESS");
  };

  it("000, server to server: a card form sends it, and it is authorized at once", () => serverToServer(TWO_SPACES));
  it("001, server to server: a card form sends it, and it is authorized at once", () => serverToServer(ONE_SPACE));
  it("002, without prior binding: a card form of an orchestration account sends it, and it is authorized", () =>
    serverToServer(ONE_SPACE, "apo", {}));
  it("003, server to server: a card form sends it, and it is authorized at once", () => serverToServer(ONE_SPACE));
  it("004, server to server: a card form sends it, and it is authorized at once", () => serverToServer(TWO_SPACES));

  it("000, hosted page: a plain checkout sends it, and the buyer is sent to a page", () => hosted(TWO_SPACES));
  it("001, hosted page: a plain checkout sends it, and the buyer is sent to a page", () => hosted(ONE_SPACE));
  it("003, hosted page: a plain checkout sends it, and the buyer is sent to a page", () => hosted(ONE_SPACE));
  it("004, hosted page: a plain checkout sends it, and the buyer is sent to a page", () => hosted(TWO_SPACES));

  it("004, Korean issuer authentication: the sample is sent where the contract lets the shop capture", async () => {
    await opened(
      KOREAN_ORDER,
      { contract: { koreanManualCapture: true } },
      { issuerAuthenticationManualCapture: true },
    );
    const fields = { method: "issuer-authentication", cardBrand: "SAMSUNG" };
    const answer = await merchant.checkout(fields, APP_HEADERS);
    expect(answer.body["payment"], answer.text).to.include({ status: "requires_action" });
    expectSent(printed("korean", TWO_SPACES), "PAYMENT_IN_PROCESS");
  });
});

import { mkdtempSync, readFileSync, readdirSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect } from "chai";
import type { Logger } from "../../lib/ports.js";
import { byToken, KOREAN_HOLDER, SAMPLE_CARD, testCard, withCard, withCardOf, WON } from "./support/cards.js";
import { field } from "./support/merchant.js";
import { card, pageOf, submit, visit } from "./support/pages.js";
import { openScene, type Scene } from "./support/scene.js";

describe("simulator: card data", () => {
  let scene: Scene;
  let folder: string;
  let logged: string;

  beforeEach(async () => {
    folder = mkdtempSync(join(tmpdir(), "simulator-"));
    logged = "";
    const log = (...entry: unknown[]): void => {
      logged += JSON.stringify(entry);
    };
    const logger: Logger = { debug: log, info: log, warn: log, error: log };
    scene = await openScene({ dataFolder: folder, logger });
  });
  afterEach(async () => {
    await scene.close();
    rmSync(folder, { recursive: true, force: true });
  });

  const kept = () =>
    readdirSync(folder)
      .map((file) => readFileSync(join(folder, file), "utf8"))
      .join("\n");
  const metaData = () => field(scene.simulator.requests().at(-1)?.body, "paymentMethod", "paymentMethodMetaData");
  const shown = async () => {
    const paths = ["", "/ledger", "/payments", "/notifications", "/requests"];
    const pages = await Promise.all(
      paths.map((path) => visit(`${scene.simulator.credentials.gateway}/simulator${path}`)),
    );
    return pages.map(({ text }) => text).join();
  };

  it("is starred out in the calls it shows: what was sent can be seen, not its value", async () => {
    const secrets = {
      dateOfBirth: "1990-12-31",
      businessNo: "1234567891",
      cardPasswordDigest: "73",
      cpf: "12345678909",
    };
    await scene.pay(withCard(SAMPLE_CARD, secrets));
    expect(metaData()).to.include({
      cardNo: "411734******6383",
      cvv: "***",
      dateOfBirth: "***",
      businessNo: "***",
      cardPasswordDigest: "***",
      cpf: "***",
      expiryMonth: "12",
    });
  });

  it("shows nothing of a number that is too short to hide anything", async () => {
    await scene.pay(withCard("41173478"));
    expect(metaData()).to.include({ cardNo: "***" });
  });

  it("shows and keeps the last four alone of a number that has too few digits between them", async () => {
    for (const [nth, number] of ["639147058270", "4639147058276"].entries()) {
      await scene.pay({ paymentRequestId: `PAY_SHORT_${nth}`, ...withCard(number) });
      expect(metaData()).to.include({ cardNo: number.slice(-4).padStart(number.length, "*") });
    }
    await scene.pass(0);
    const all = [kept(), await shown(), ...scene.shop.received.map(({ raw }) => raw)].join("\n");
    expect(all)
      .to.include("********8270")
      .and.not.match(/639147|463914/);
    expect(scene.simulator.payments().map(({ status }) => status)).to.deep.equal(["SUCCESS", "SUCCESS"]);
  });

  it("shows of a card token only that there was one", async () => {
    await scene.pay(byToken("ALIPAYsecretsecret=="));
    expect(field(scene.simulator.requests()[0]?.body, "paymentMethod", "paymentMethodId")).to.equal("ALIPAY***");
    await scene.pay({ ...withCard(SAMPLE_CARD, { tokenize: true }) });
    await scene.pass(0);
    const token = String(scene.simulator.payments().at(-1)?.cardToken);
    expect(token).to.match(/^ALIPAY.{40}/);
    expect(scene.shop.received.map(({ raw }) => raw).join()).to.include(token);
    expect(await shown())
      .to.include("ALIPAY***")
      .and.not.include(token);
  });

  it("stands nowhere: not on disk, in a log, on a page, in a message or in what a program is told", async () => {
    const numbers = ["4111111111111111", testCard("hyundai").number];
    await scene.pay(withCard(numbers[0] ?? "", { cvv: "986", is3DSAuthentication: true, tokenize: true }));
    const holder = { businessNo: "1234567891", cardPasswordDigest: "73" };
    await scene.pay({ paymentRequestId: "PAY_2", ...WON, ...withCardOf("hyundai", { ...KOREAN_HOLDER, ...holder }) });
    const url = pageOf(await scene.pay({ paymentRequestId: "PAY_3", ...WON }));
    await submit(url, card({ cardNo: numbers[1] ?? "", cvv: "987" }));
    const wrong = await submit(`${url}/cardholder`, { dateOfBirth: "1977-07-07", cardPasswordDigest: "x" });
    await submit(`${url}/cardholder`, { dateOfBirth: "1977-07-07", cardPasswordDigest: "73" });
    await scene.pass(0);
    const everything = [
      kept(),
      logged,
      await shown(),
      wrong.text,
      JSON.stringify(scene.simulator.requests().map(({ body }) => field(body, "paymentMethod"))),
      JSON.stringify(scene.simulator.ledger()),
      JSON.stringify(scene.simulator.payments()),
      ...scene.shop.received.map(({ raw }) => raw),
    ].join("\n");
    expect(scene.simulator.payments().map(({ status }) => status)).to.deep.equal(["PROCESSING", "SUCCESS", "SUCCESS"]);
    for (const secret of [...numbers, '"986"', '"987"', "1234567891", "1977-07-07", '"73"', "1990-12-31"]) {
      expect(everything, secret).not.to.include(secret);
    }
  });
});

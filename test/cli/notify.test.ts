import { expect } from "chai";
import { readAnswer } from "../../lib/cli/notify-answer.js";
import { run } from "../../lib/cli/run.js";
import { eventually } from "../support/killable-shop.js";
import { fakeTerminal } from "./fake-terminal.js";
import { endOf } from "./program.js";
import { startShopAtWork, type ShopAtWork } from "./shop-at-work.js";
import { paymentResult } from "../support/shop.js";

describe("express-antom notify replay", function () {
  this.timeout(60_000);
  let shop: ShopAtWork;

  before(async () => {
    shop = await startShopAtWork();
  });
  after(() => shop.stop());

  /** A payment that waits for its buyer, and the notification that it was paid, which got lost. */
  const lost = async () => {
    const { payment } = await shop.paid();
    const url = shop.shop.urls.notify;
    const { paymentId } = await shop.shop.antom.payments.get(payment.id);
    const signed = await shop.simulator.signNotification({ url, body: paymentResult(payment, { paymentId }) });
    const status = async () => (await shop.shop.antom.payments.get(payment.id)).status;
    return { ...signed, status };
  };
  const inProcess = async (...args: readonly string[]): Promise<{ status: number; out: string; err: string }> => {
    const terminal = fakeTerminal(shop.folder);
    const status = await run(["notify", "replay", ...args], terminal);
    return { status, ...terminal.written };
  };

  it("takes in a saved notification by the shop's own code, once however often", async () => {
    const { headers, body, status } = await lost();
    shop.write("lost.json", JSON.stringify({ headers, body }));
    const first = await shop.run("notify", "replay", "lost.json");
    expect([first.status, first.out]).to.deep.equal([
      0,
      "Accepted (200). It is accepted, and its effect is on disk.\n",
    ]);
    expect(["authorized", "captured"]).to.include(await status());
    const again = await inProcess("lost.json", "--json");
    expect(again.status).to.equal(0);
    expect(JSON.parse(again.out)).to.include({ accepted: true, status: 200 });
    // The hook is called by the shop, which runs beside.
    const told = () => shop.shop.recorder.events.filter(({ type }) => type === "payment.authorized").length;
    await eventually(() => told() === 1 || undefined);
  });

  it("reads a bare body from standard input, with its headers given one by one", async () => {
    const { headers, body, status } = await lost();
    const flags = Object.entries(headers).flatMap(([name, value]) => ["--header", `${name}: ${value}`]);
    const child = shop.start("notify", "replay", "-", ...flags);
    child.stdin.end(body);
    const { status: exit, err } = await endOf(child);
    expect(exit, err).to.equal(0);
    expect(["authorized", "captured"]).to.include(await status());
  });

  it("sends it to the running shop, without a configuration", async () => {
    const { headers, body, status } = await lost();
    const file = shop.write("sent.json", JSON.stringify({ headers, body }));
    const sent = await inProcess(file, "--url", shop.shop.urls.notify);
    expect(sent.status, sent.err).to.equal(0);
    expect(["authorized", "captured"]).to.include(await status());
    const nowhere = await inProcess(file, "--url", "http://127.0.0.1:9/notify");
    expect(nowhere.status).to.equal(5);
    expect(nowhere.err).to.include("nobody listens there");
  });

  it("refuses what Antom did not sign for this shop, and explains why", async () => {
    const { headers, body, status } = await lost();
    for (const [saved, code, words] of [
      [{ headers, body: body.replace("1999", "1") }, "signature_invalid", "byte for byte"],
      [{ headers: {}, body }, "signature_invalid", "replay it with the headers"],
      [
        { headers: { ...headers, "Client-Id": "SANDBOX_OTHER", "client-id": "SANDBOX_OTHER" }, body },
        "signature_invalid",
        "another client id",
      ],
    ] as const) {
      shop.write("refused.json", JSON.stringify(saved));
      const { status: exit, out } = await inProcess("refused.json", "--json");
      expect(exit).to.equal(1);
      expect(JSON.parse(out)).to.include({ accepted: false, status: 401, code });
      expect(out).to.include(words);
    }
    expect(await status()).to.equal("requires_action");
    const foreign = await shop.simulator.signNotification({
      url: shop.shop.urls.notify,
      body: paymentResult({ id: "PAY0FOREIGN", amount: { currency: "EUR", value: "1" } }),
    });
    shop.write("foreign.json", JSON.stringify(foreign));
    const { status: exit, out } = await inProcess("foreign.json");
    expect(exit).to.equal(1);
    expect(out).to.include("404 payment_not_found").and.include("about no payment in this storage");
  });

  it("warns where the saved body is not the text that came", async () => {
    const { headers, body } = await lost();
    shop.write("parsed.json", JSON.stringify({ headers, body: JSON.parse(body) as unknown }));
    const { err } = await inProcess("parsed.json");
    expect(err).to.include("the saved body is not a text");
  });

  it("says how a notification is saved where a file is none", async () => {
    shop.write("none.json", "[]");
    for (const [args, words] of [
      [["none.json"], "This is not a saved notification"],
      [["no-such-file.json"], "could not be read"],
      [["none.json", "--header", "nonsense"], 'is not "Name: value"'],
      [["none.json", "--url", "ftp://shop.example"], "is not an http or https URL"],
      [["none.json", "--header", "Signature: \u0001"], "holds something that no header may"],
    ] as const) {
      const { status, err } = await inProcess(...args);
      expect(status).to.equal(2);
      expect(err).to.include(words);
    }
  });
});

describe("an answer to a notification", () => {
  const explained = (status: number, body: string, headers: Record<string, string> = {}): string =>
    readAnswer({ status, headers, body: Buffer.from(body) }).explanation;

  it("is explained also where somebody else than the kit gave it", () => {
    expect(explained(302, "", { location: "/login" })).to.include("redirected to /login");
    expect(explained(404, "<h1>Not Found</h1>")).to.include("Nothing is mounted there");
    expect(explained(401, "")).to.include("wants a login");
    expect(explained(502, "")).to.include("Is the shop running?");
    expect(explained(200, "<h1>Welcome</h1>")).to.include("Something else than the kit");
    expect(explained(200, '{"result":{"resultStatus":"F"}}')).to.include("Something else than the kit");
  });

  it("is accepted only where Antom would stop sending", () => {
    const success = '{"result":{"resultCode":"SUCCESS","resultStatus":"S","resultMessage":"success"}}';
    expect(readAnswer({ status: 200, headers: {}, body: Buffer.from(success) }).isAccepted).to.equal(true);
    expect(readAnswer({ status: 500, headers: {}, body: Buffer.from(success) }).isAccepted).to.equal(false);
  });
});

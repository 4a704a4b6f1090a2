import { expect } from "chai";
import { run } from "../../lib/cli/run.js";
import { RESULTS, startScriptedAntom, type Answer, type ScriptedAntom } from "../support/scripted-antom.js";
import { fakeTerminal } from "./fake-terminal.js";
import { startShopAtWork, type ShopAtWork } from "./shop-at-work.js";

interface Document {
  readonly payment?: { readonly status: string };
  readonly error?: { readonly code: string; readonly message: string };
}

describe("express-antom payments inquire", function () {
  this.timeout(60_000);
  let shop: ShopAtWork;
  let antom: ScriptedAntom;
  let id: string;

  before(async () => {
    shop = await startShopAtWork({ worker: false });
    antom = await startScriptedAntom();
    shop.configure("scripted.mjs", { gateway: antom.url });
    id = await shop.authorized();
  });
  after(async () => {
    await antom.stop();
    await shop.stop();
  });

  const asked = async (answer: Answer): Promise<{ status: number; document: Document; err: string }> => {
    antom.on("inquiryPayment", () => answer);
    const terminal = fakeTerminal(shop.folder);
    const status = await run(["payments", "inquire", id, "--config", "scripted.mjs", "--json"], terminal);
    return { status, document: JSON.parse(terminal.written.out) as Document, err: terminal.written.err };
  };

  it("ends with 5 where Antom's answer does not tell how the payment stands, and says what it was", async () => {
    for (const [answer, words] of [
      [{ result: RESULTS.unknown }, "UNKNOWN_EXCEPTION"],
      [{ result: { resultStatus: "F", resultCode: "ACCESS_DENIED" } }, "ACCESS_DENIED"],
      [{ result: RESULTS.success, paymentStatus: "RESTING" }, "RESTING"],
      [{ result: RESULTS.success }, "no paymentStatus"],
    ] as const) {
      const { status, document } = await asked(answer);
      expect([status, words]).to.deep.equal([5, words]);
      expect(document).to.deep.equal({
        error: {
          code: "gateway_unanswered",
          message: `Antom's answer does not tell how the payment stands (${words}); as far as is known the payment is authorized.`,
        },
      });
    }
  });

  it("ends with 5 where there is no answer that can be believed, and says why", async () => {
    for (const answer of ["hang up", "unsigned", "http-500"] as const) {
      const { status, document } = await asked(answer);
      expect([status, document.error?.code], answer).to.deep.equal([5, "gateway_unanswered"]);
      expect(document.error?.message).to.include("Antom gave no answer that can be believed (");
    }
  });

  it("ends with 0 where Antom tells, also what is known already or that it knows no such payment", async () => {
    for (const answer of [{ result: RESULTS.success, paymentStatus: "SUCCESS" }, { result: RESULTS.missing }]) {
      const { status, document } = await asked(answer);
      expect([status, document.payment?.status], JSON.stringify(document)).to.deep.equal([0, "authorized"]);
    }
  });

  it("says that a transport is none before anything is done", async () => {
    shop.configure("no-transport.mjs", { transport: "https" });
    const terminal = fakeTerminal(shop.folder);
    expect(await run(["payments", "inquire", id, "--config", "no-transport.mjs"], terminal)).to.equal(3);
    expect(terminal.written.err).to.include("transport: must be a function");
  });
});

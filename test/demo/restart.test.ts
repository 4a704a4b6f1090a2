import { readFileSync, statSync } from "node:fs";
import { join } from "node:path";
import { expect } from "chai";
import { buyerOf, next, typesOf, type Buyer, type CheckoutAnswer } from "./buyer.js";
import { numberOf, withKoreanCard } from "./cards.js";
import { demoProcess, runDemo, type DemoProcess } from "./demo-process.js";

describe("the demo, stopped and started again", function () {
  // What a killed process had in hand is taken over half a minute later.
  this.timeout(90_000);

  let demo: DemoProcess;
  let buyer: Buyer;

  before(async () => {
    demo = await demoProcess({ isHurried: true });
    await demo.start();
    buyer = buyerOf(demo.shopUrl);
  });

  after(() => demo.remove());

  it("goes on with its payments, hooks and links after it was killed", async () => {
    const begun = await buyer.order();
    const before = (await (await buyer.checkout(begun)).json()) as CheckoutAnswer;
    const accepted = await buyer.order([{ sku: "beans", quantity: 3 }]);
    const back = await buyer.enterCard(accepted, "approve");
    await demo.kill();
    await demo.start();

    expect(await (await buyer.checkout(begun)).json()).to.deep.equal(before);
    expect(await next(back)).to.equal(`${demo.shopUrl}/orders/${accepted}`);
    const order = await buyer.waitFor(accepted, "paid");
    expect(typesOf(order)).to.deep.equal(["payment.requires_action", "payment.authorized", "payment.captured"]);
    expect(order.payment).to.include({ capturedAmount: "4350" });

    await buyer.enterCard(begun, "approve");
    expect(typesOf(await buyer.waitFor(begun, "paid"))).to.include("payment.captured");
  });

  it("stops when it is asked to, leaves nothing that others can read, and is as it was when it starts again", async () => {
    const orderId = await buyer.order();
    await buyer.enterCard(orderId, "approve");
    const paid = await buyer.waitFor(orderId, "paid");
    const inWon = await buyer.order(undefined, "KRW");
    await buyer.payAndFollow(inWon, withKoreanCard("hyundai", { dateOfBirth: "1988-07-31" }));
    await buyer.waitFor(inWon, "paid");
    const { code, errors } = await demo.stop();
    expect({ code, errors }).to.deep.equal({ code: 0, errors: "" });
    const kept = ["shop.db", "payments.db", "simulator/merchant.key", "simulator/journal.jsonl"];
    for (const file of ["link.secret", "card.key", ...kept]) {
      const path = join(demo.env.DEMO_DATA, file);
      expect(statSync(path).mode & 0o077, file).to.equal(0);
      for (const secret of [numberOf("visa"), numberOf("hyundai"), "1988-07-31"]) {
        expect(readFileSync(path, "latin1"), file).not.to.include(secret);
      }
    }
    await demo.start();
    expect(await buyer.look(orderId)).to.deep.equal(paid);
  });

  it("says in one sentence which port or folder is in use, and gives up", async () => {
    const { PORT, SIMULATOR_PORT, DEMO_DATA } = demo.env;
    const others = await Promise.all([demoProcess(), demoProcess(), demoProcess()]);
    const [port, simulatorPort, folder] = await Promise.all([
      runDemo({ ...others[0].env, PORT }),
      runDemo({ ...others[1].env, SIMULATOR_PORT }),
      runDemo({ ...others[2].env, DEMO_DATA }),
    ]);
    await Promise.all(others.map((other) => other.remove()));
    expect([port.code, simulatorPort.code, folder.code]).to.deep.equal([1, 1, 1]);
    expect(port.errors).to.match(new RegExp(`^Port ${PORT} is in use .* as PORT\\.\n$`));
    expect(simulatorPort.errors).to.match(new RegExp(`^Port ${SIMULATOR_PORT} is in use .* as SIMULATOR_PORT\\.\n$`));
    expect(folder.errors).to.match(/^Another demo is using .*shop\.db; .*\.\n$/);
  });
});

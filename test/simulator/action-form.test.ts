import { expect } from "chai";
import { SAMPLE_CARD, withCard } from "./support/cards.js";
import { field } from "./support/merchant.js";
import { card, submit } from "./support/pages.js";
import { openScene, type Scene } from "./support/scene.js";

describe("simulator: the fault action-form", () => {
  let scene: Scene;
  beforeEach(async () => {
    scene = await openScene();
    scene.simulator.addFault({ operation: "pay", fault: "action-form" });
  });
  afterEach(() => scene.close());

  /** The form's address and its fields, which a shop's page posts. */
  const open = async () => {
    const answer = await scene.pay();
    const form = field(answer.body, "redirectActionForm");
    const parameters: unknown = JSON.parse(String(field(form, "parameters")));
    const fields = Object.fromEntries(new URLSearchParams(parameters as Record<string, string>));
    return { answer, form, fields, url: String(field(form, "redirectUrl")) };
  };

  it("answers pay with a form to be posted and no other way on", async () => {
    const { answer, form } = await open();
    expect(answer).to.include({ code: "PAYMENT_IN_PROCESS", resultStatus: "U", isSigned: true });
    expect(answer.body).not.to.have.any.keys("normalUrl", "paymentActionForm");
    expect(form).to.include({ method: "POST", actionFormType: "RedirectActionForm" });
    expect(String(field(form, "parameters")).length).to.be.at.most(2_048);
  });

  it("leads the buyer to the card page when the form is posted as it is", async () => {
    const { url, fields } = await open();
    const page = await submit(url, fields);
    expect(page.status).to.equal(303);
    await submit(page.location, card());
    expect(scene.simulator.payments()[0]).to.include({ status: "SUCCESS" });
  });

  it("tells a shop that changed or lost a field, or did not post", async () => {
    const { url, fields } = await open();
    expect((await submit(url, { ...fields, note: String(fields["note"]).replace("<", "&lt;") })).status).to.equal(400);
    expect((await submit(url, { note: String(fields["note"]) })).status).to.equal(400);
    expect((await submit(url, { ...fields, payment: "form" })).status).to.equal(400);
    expect((await fetch(url)).status).to.equal(405);
  });

  it("changes nothing of an answer that leads nowhere", async () => {
    const answer = await scene.pay(withCard(SAMPLE_CARD));
    expect(answer.code).to.equal("SUCCESS");
    expect(answer.body).not.to.have.property("redirectActionForm");
  });
});

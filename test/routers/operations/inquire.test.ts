import { expect } from "chai";
import type { JobView } from "../../../lib/pages/operations/job-view.js";
import { hiddenField, startBackOffice, type BackOffice } from "./back-office.js";

describe("asking Antom in the back office", () => {
  let office: BackOffice;

  beforeEach(async () => {
    office = await startBackOffice({ worker: false });
  });
  afterEach(() => office.stop());

  const openPayment = async (): Promise<string> => (await office.pay({}, { method: "hosted", card: undefined })).id;

  const pressed = async (id: string): Promise<string> => {
    const page = await (await office.page(`/${id}`)).text();
    const sent = await office.send(`/${id}/inquire`, { form: hiddenField(page, "inquire", "form") });
    expect(sent.status).to.equal(303);
    return (await office.page(`/${id}?${sent.headers.get("location")?.split("?")[1] ?? ""}`)).text();
  };

  const ANSWERED = "What it said stands below";
  const SILENT = "did not say how the payment stands";

  it("says what Antom was asked, and that it answered", async () => {
    const id = await openPayment();
    const page = await pressed(id);
    expect(page).to.match(/class="notice good"[^>]*><p>Antom has been asked/);
    expect(page).to.contain(ANSWERED).and.not.to.contain(SILENT);
    expect((await office.ask(`/${id}/inquire`, { method: "POST" })).status).to.equal(200);
  });

  for (const [what, fault] of [
    ["gives no answer", { fault: "reset-before" }],
    ["gives an answer that cannot be believed", { fault: "garbage" }],
    ["answers that it does not know", { fault: "result", resultCode: "UNKNOWN_EXCEPTION" }],
  ] as const) {
    it(`does not take it for Antom's word when it ${what}`, async () => {
      const id = await openPayment();
      const known = await office.antom.payments.get(id);
      office.simulator.addFault({ operation: "inquiryPayment", times: 50, ...fault });
      const page = await pressed(id);
      expect(page).to.match(/class="notice bad" role="alert">\s*<p>Antom/);
      expect(page).to.contain(SILENT).and.to.contain("gateway_unanswered").and.not.to.contain(ANSWERED);

      const told = await office.ask(`/${id}/inquire`, { method: "POST" });
      expect([told.status, told.headers.get("retry-after")]).to.deep.equal([503, "5"]);
      expect(await told.json()).to.include({ code: "gateway_unanswered", status: 503 });
      expect((await office.antom.payments.get(id)).status).to.equal(known.status);
    });
  }

  it("knows no payment that is not there, whether or not Antom answers", async () => {
    const { status } = await office.ask("/PAY0123456789ABCDEFGHJKMNPQRS/inquire", { method: "POST" });
    expect(status).to.equal(404);
  });

  const askedAboutAll = async (): Promise<JobView> => {
    const started = await office.ask("/jobs", {
      method: "POST",
      headers: { "content-type": "application/json" },
      body: JSON.stringify({ kind: "inquire-all-open" }),
    });
    let { job } = (await started.json()) as { job: JobView };
    for (let times = 0; times < 500 && job.endedAt === undefined; times++) {
      await new Promise((resolve) => setTimeout(resolve, 10));
      ({ job } = (await (await office.ask(`/jobs/${job.id}`)).json()) as { job: JobView });
    }
    return job;
  };

  it("counts each open payment of which Antom did not say how it stands as an error", async () => {
    await openPayment();
    await openPayment();
    office.simulator.addFault({ operation: "inquiryPayment", fault: "reset-before", times: 1 });
    const job = await askedAboutAll();
    expect(job).to.deep.include({ state: "done", done: 2, errors: 1 });
    expect(job.lastError).to.contain(SILENT);
  });

  it("gives up asking about all of them while Antom keeps silent", async () => {
    for (let times = 0; times < 25; times++) await openPayment();
    office.simulator.addFault({ operation: "inquiryPayment", fault: "reset-before", times: 500 });
    expect(await askedAboutAll()).to.deep.include({ state: "failed", done: 20, errors: 20 });
  });
});

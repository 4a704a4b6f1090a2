import { expect } from "chai";
import type { PaymentView } from "../../../lib/index.js";
import { HOOK_DELAYS } from "../../../lib/ledger/deliver.js";
import type { JobView } from "../../../lib/pages/operations/job-view.js";
import type { EventView } from "../../../lib/routers/operations/events.js";
import { hiddenField, startBackOffice, type BackOffice } from "./back-office.js";

describe("the page of the hooks", () => {
  let office: BackOffice;
  let isAway = true;
  const told: string[] = [];
  const payments: PaymentView[] = [];

  before(async () => {
    office = await startBackOffice({
      hasClock: true,
      worker: false,
      hooks: {
        "payment.authorized": ({ payment }) => {
          if (isAway) throw new Error("the <b>warehouse</b> is away");
          told.push(payment.orderId);
        },
      },
    });
    for (const orderId of ["A", "B", "C"]) payments.push(await office.pay({ orderId }));
  });
  after(() => office.stop());

  it("tells of a failing hook: the error, how often it was tried, and when it is tried again", async () => {
    await office.antom.runDue();
    const page = await (await office.page("/events")).text();
    expect(page).to.contain("Failing").and.to.contain("Error: the &lt;b&gt;warehouse&lt;/b&gt; is away");
    expect(page).to.contain("tried again in 5 s");
    expect(page).to.match(/<b>3<\/b> tried, and not delivered yet/);
    const list = await (await office.page("")).text();
    expect(list).to.match(/<b>3<\/b> hooks failing/);
    expect(await (await office.page(`/${payments[0]?.id ?? ""}`)).text()).to.contain("payment.authorized: failing");
  });

  it("tells which were given up, and delivers one of them anew", async () => {
    for (const delay of HOOK_DELAYS) {
      await office.clock?.advance(delay);
      await office.antom.runDue();
    }
    const page = await (await office.page("/events?state=dead")).text();
    expect(page.match(/Given up<\/span>/g)).to.have.length(3);
    const id = `${payments[0]?.id ?? ""}.1`;
    isAway = false;
    const sent = await office.send(`/events/${id}/redeliver`, { form: hiddenField(page, `${id}/redeliver`, "form") });
    expect([sent.status, sent.headers.get("location")]).to.deep.equal([303, "../../events"]);
    await office.antom.runDue();
    expect(told).to.deep.equal(["A"]);
    const again = await office.send(`/events/${id}/redeliver`, { form: hiddenField(page, `${id}/redeliver`, "form") });
    expect(again.status).to.equal(404);
  });

  it("reaches no other work of the payment by its name", async () => {
    const headers = { "content-type": "application/json", accept: "application/json" };
    const { id } = await office.pay({ orderId: "W" });
    for (const kind of ["expire", "inquire"]) {
      const answer = await office.ask(`/events/${kind}:${id}/redeliver`, { method: "POST", headers, body: "{}" });
      expect([answer.status, ((await answer.json()) as { code: string }).code]).to.deep.equal([404, "event_not_found"]);
    }
    await office.antom.runDue();
    told.pop();
  });

  it("delivers all that were given up anew, as work that shows how far it has got", async () => {
    const page = await (await office.page("/events")).text();
    expect(page).to.contain("Redeliver all 2");
    const sent = await office.send("/jobs", { form: hiddenField(page, "jobs", "form"), kind: "redeliver-all" });
    expect(sent.status).to.equal(303);
    const location = sent.headers.get("location") ?? "";
    expect(location).to.match(/^\.\/jobs\/[\w-]{12}$/);
    const path = location.slice(1);
    let job: JobView | undefined;
    for (let times = 0; times < 100 && job?.state !== "done"; times++) {
      await new Promise((resolve) => setTimeout(resolve, 5));
      ({ job } = (await (await office.ask(path)).json()) as { job: JobView });
    }
    expect(job).to.deep.include({ state: "done", done: 2, total: 2, errors: 0, by: "anna" });
    const shown = await (await office.page(path)).text();
    expect(shown).to.contain("Done.").and.to.contain("2 of 2");
    await office.antom.runDue();
    expect(told).to.have.members(["A", "B", "C"]);
    expect(await (await office.page("/events")).text()).to.match(/<b>0<\/b> given up/);
    await office.clock?.advance(61 * 60_000);
    expect((await office.ask(path)).status).to.equal(404);
  });

  it("begins no work it does not know", async () => {
    const post = (body: object): Promise<Response> =>
      office.ask("/jobs", {
        method: "POST",
        headers: { "content-type": "application/json" },
        body: JSON.stringify(body),
      });
    for (const kind of ["delete-all", { toString: 1 }]) expect((await post({ kind })).status).to.equal(400);
    const started = await post({ kind: "inquire-all-open" });
    expect(started.status).to.equal(202);
    expect(started.headers.get("location")).to.match(/^\.\/jobs\//);
  });
});

describe("an event that is being delivered", () => {
  it("is shown as such, and where its hook may be running a second time is not asked for unawares", async () => {
    let end = (): void => undefined;
    let begun = (): void => undefined;
    const office = await startBackOffice({
      hasClock: true,
      worker: false,
      hooks: {
        "payment.authorized": () =>
          new Promise<void>((_resolve, reject) => {
            end = () => {
              reject(new Error("away"));
            };
            begun();
          }),
      },
    });
    await office.pay();
    const tried = async (): Promise<() => Promise<unknown>> => {
      const running = new Promise<void>((resolve) => (begun = resolve));
      const due = office.antom.runDue();
      await running;
      return () => {
        end();
        return due;
      };
    };
    const page = async (): Promise<string> => (await office.page("/events")).text();
    expect(await page())
      .to.contain("Waiting</span>")
      .and.to.contain("due now</p>");
    const first = await tried();
    expect(await page())
      .to.contain("Being delivered</span>")
      .and.to.contain("due now: its hook may be running</p>");
    await first();
    expect(await page())
      .to.contain("Failing</span>")
      .and.not.to.contain("may be running");
    await office.clock?.advance(HOOK_DELAYS[0]);
    const second = await tried();
    expect(await page())
      .to.contain("Failing</span>")
      .and.to.contain("due now: its hook may be running</p>");
    const { events } = (await (await office.ask("/events")).json()) as { events: readonly EventView[] };
    expect(events[0]).to.include({ state: "waiting", attempts: 2 });
    expect(events[0]?.nextAt).to.be.at.most(office.clock?.now() ?? 0);
    await second();
    await office.stop();
  });
});

import { expect } from "chai";
import type { PaymentView } from "../../../lib/index.js";
import { hiddenField, startBackOffice, type BackOffice } from "./back-office.js";

describe("the back office's doors", () => {
  let office: BackOffice;
  let payment: PaymentView;

  before(async () => {
    office = await startBackOffice();
    payment = await office.pay();
  });
  after(() => office.stop());

  const reading = (): string[] =>
    ["", "/", `/${payment.id}`, `/${payment.id}/confirm?kind=capture`, "/events", "/overview", "/overview.csv"].concat([
      "/payments.csv",
      "/metrics",
      "/jobs",
      "/jobs/none",
    ]);
  const changing = (): string[] =>
    ["capture", "void", "refund", "increase", "inquire", "review"]
      .map((action) => `/${payment.id}/${action}`)
      .concat([`/events/${payment.id}.1/redeliver`, "/jobs", "/jobs/none/stop"]);

  it("are shut on every route where the shop has not said who may enter, for pages and scripts alike", async () => {
    const unguarded = await startBackOffice({ isUnguarded: true });
    for (const path of reading()) {
      expect((await unguarded.ask(path)).status, path).to.equal(403);
      const page = await unguarded.page(path);
      expect(page.status, path).to.equal(403);
      expect(await page.text()).not.to.contain("<nav");
    }
    for (const path of changing()) {
      expect((await unguarded.ask(path, { method: "POST" })).status, path).to.equal(403);
      expect((await unguarded.send(path, {})).status, path).to.equal(403);
    }
    await unguarded.stop();
  });

  it("are shut for whoever the shop does not know", async () => {
    for (const path of reading()) expect((await office.ask(path, { staff: "eve" })).status, path).to.equal(403);
    for (const path of changing()) {
      expect((await office.ask(path, { method: "POST", staff: "eve" })).status, path).to.equal(403);
    }
  });

  it("let who may look only look", async () => {
    const seen = await office.page(`/${payment.id}`, { staff: "lena" });
    expect(seen.status).to.equal(200);
    expect(await seen.text()).not.to.contain('method="post"');
    expect((await office.page(`/${payment.id}/confirm?kind=capture`, { staff: "lena" })).status).to.equal(403);
    for (const path of changing()) {
      expect((await office.ask(path, { method: "POST", staff: "lena" })).status, path).to.equal(403);
      const refused = await office.send(path, {}, { staff: "lena" });
      expect(refused.status, path).to.equal(403);
      expect(await refused.text()).to.contain("You may look at payments, but not change them.");
    }
    expect((await office.antom.payments.get(payment.id)).status).to.equal("authorized");
  });

  it("take no order by GET", async () => {
    for (const path of changing().filter((path) => path !== "/jobs")) {
      const response = await office.page(path);
      expect(response.status, path).to.equal(405);
      expect(response.headers.get("allow"), path).to.equal("POST");
    }
  });

  it("refuse every request of another site's page", async () => {
    const { origin } = office;
    const foreign: Record<string, string>[] = [
      { origin: "https://evil.example", "sec-fetch-site": "cross-site" },
      { origin: "https://evil.example" },
      { "sec-fetch-site": "same-site" },
      { origin: "null" },
      { referer: "https://evil.example/page" },
    ];
    for (const headers of foreign) {
      for (const path of changing()) {
        const response = await office.ask(path, { method: "POST", headers });
        expect(response.status, path).to.equal(403);
        expect(((await response.json()) as { code: string }).code).to.equal("origin_refused");
      }
    }
    const own = await office.ask(`/${payment.id}/inquire`, { method: "POST", headers: { origin } });
    expect(own.status).to.equal(200);
  });

  it("take a form only of whom it was shown to, for what it was shown for, and not for ever", async () => {
    const page = await (await office.page(`/${payment.id}/confirm?kind=capture&amount=5.00`, { staff: "bert" })).text();
    const form = hiddenField(page, "capture", "form");
    const other = await office.pay();
    const stale = async (path: string, fields: Record<string, string>, staff: string): Promise<string> => {
      const response = await office.send(path, fields, { staff });
      expect(response.status, path).to.equal(403);
      return response.text();
    };
    const words = await stale(`/${payment.id}/capture`, { form, amount: "500" }, "anna");
    expect(words).to.contain("This form is too old, or was shown to somebody else; open the page again.");
    expect(words).to.contain(`href="../${payment.id}"`);
    await stale(`/${payment.id}/void`, { form }, "bert");
    await stale(`/${other.id}/capture`, { form }, "bert");
    await stale(`/${payment.id}/capture`, { amount: "500" }, "bert");
    await stale(`/${payment.id}/capture`, { form: `${form}x`, amount: "500" }, "bert");
    expect((await office.antom.payments.get(payment.id)).operations).to.deep.equal([]);
    const taken = await office.send(`/${payment.id}/capture`, { form, amount: "500" }, { staff: "bert" });
    expect(taken.status).to.equal(303);
  });

  it("forget a form after half a day", async () => {
    const office = await startBackOffice({ hasClock: true, worker: false });
    const page = await (await office.page("")).text();
    const form = hiddenField(page, "jobs", "form");
    const send = () => office.send("/jobs", { form, kind: "inquire-all-open" });
    expect((await send()).status).to.equal(303);
    await office.clock?.advance(12 * 60 * 60_000);
    expect((await send()).status).to.equal(403);
    await office.stop();
  });

  it("answer scripts with problem documents, and people with words and the way back", async () => {
    const json = await office.ask("/PAYNOTHING");
    expect(json.headers.get("content-type")).to.contain("application/problem+json");
    expect(((await json.json()) as { code: string }).code).to.equal("payment_not_found");
    const page = await office.page("/PAYNOTHING");
    expect(page.status).to.equal(404);
    const words = await page.text();
    expect(words).to.contain("There is no such payment");
    expect(words).to.contain('href="./"');
  });

  it("say on every page what a browser may do with it, and keep none in caches", async () => {
    for (const path of ["", `/${payment.id}`, "/events", "/overview", "/PAYNOTHING"]) {
      const response = await office.page(path);
      const policy = response.headers.get("content-security-policy") ?? "";
      expect(policy)
        .to.match(/default-src 'none'/)
        .and.match(/script-src 'nonce-[^']{16,}'/);
      expect(policy)
        .to.match(/frame-ancestors 'none'/)
        .and.match(/form-action 'self'/);
      expect(response.headers.get("referrer-policy")).to.equal("same-origin");
      expect(response.headers.get("cache-control")).to.equal("no-store");
      expect(await response.text()).not.to.match(/ (?:style|on[a-z]+)="|https?:\/\//);
    }
  });
});

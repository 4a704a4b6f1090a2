import { expect } from "chai";
import type { PaymentView } from "../../../lib/index.js";
import { hiddenField, startBackOffice, type BackOffice } from "./back-office.js";
import { heardFrom, rawSocket } from "./raw.js";
import { staffOf } from "../../../lib/routers/operations/access.js";

describe("the back office's doors", () => {
  for (const [answer, isTold] of [
    [true, true],
    ["admin", true],
    [{ may: "admin" }, true],
    [{ may: "manage", name: 7 }, true],
    [{ may: "view", name: { first: "Anna" } }, true],
    [false, false],
    [undefined, false],
    [null, false],
  ] as const) {
    it(`stay shut where authorize answers ${JSON.stringify(answer)}${isTold ? ", and the log says what it should" : ""}`, async () => {
      const warnings: object[] = [];
      const nothing = (): void => undefined;
      const logger = { debug: nothing, info: nothing, error: nothing, warn: (fields: object) => warnings.push(fields) };
      const refused = await staffOf(() => answer as never, {} as never, "view", logger).catch(
        (error: unknown) => error,
      );
      expect(refused).to.have.property("code", "operations_forbidden");
      expect(warnings).to.deep.equal(isTold ? [{ event: "authorize.unusable" }] : []);
    });
  }

  it("open for staff without a name, which all are then called alike", async () => {
    const nothing = (): void => undefined;
    const logger = {
      debug: nothing,
      info: nothing,
      error: nothing,
      warn: () => expect.fail("there is nothing to warn of"),
    };
    for (const answer of ["view", { may: "view" }, { may: "view", name: null }, { may: "view", name: "" }]) {
      const staff = await staffOf(() => answer as never, {} as never, "view", logger);
      expect(staff, JSON.stringify(answer)).to.deep.equal({ name: "staff", mayManage: false });
    }
  });

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
    const json = { "content-type": "application/json" };
    for (const headers of [{ origin }, { origin, "sec-fetch-site": "same-origin" }, { "sec-fetch-site": "none" }]) {
      const init = { method: "POST", headers: { ...headers, ...json }, body: "{}" };
      expect((await office.ask(`/${payment.id}/inquire`, init)).status).to.equal(200);
    }
  });

  it("go by the configured origin and the browser's own word, never by what the request calls its host", async () => {
    const { port } = new URL(office.origin);
    const asked: readonly Record<string, string>[] = [
      // TLS ends at the proxy, and `trust proxy` is not set: a page of the unencrypted site of that name.
      { host: "shop.example", origin: "http://shop.example", "sec-fetch-site": "cross-site" },
      { host: "shop.example", origin: "http://shop.example", "sec-fetch-site": "same-site" },
      // Another name that was made to lead here (DNS rebinding), by a browser that says nothing of the site.
      { host: "evil.example", origin: "http://evil.example" },
      { host: "evil.example", referer: "http://evil.example/page" },
      { host: `evil.example:${port}`, origin: `http://evil.example:${port}`, "content-type": "application/json" },
      // Even the right origin is none of it where the browser says otherwise.
      { host: `127.0.0.1:${port}`, origin: office.origin, "sec-fetch-site": "cross-site" },
    ];
    for (const headers of asked) {
      for (const path of changing()) {
        const socket = rawSocket(office.origin);
        const lines = Object.entries({ connection: "close", "x-staff": "anna", "content-length": "0", ...headers });
        const head = lines.map(([name, value]) => `${name}: ${value}\r\n`).join("");
        socket.write(`POST /admin/payments${path} HTTP/1.1\r\n${head}\r\n`);
        expect((await heardFrom(socket)).text, `${path} ${JSON.stringify(headers)}`)
          .to.match(/^HTTP\/1\.1 403 /)
          .and.contain("origin_refused");
      }
    }
  });

  it("take nothing without a form's token or JSON from a browser, even of this place's own pages", async () => {
    const { origin } = office;
    for (const headers of [{ origin }, { "sec-fetch-site": "same-origin" }]) {
      for (const path of changing()) {
        const response = await office.ask(path, { method: "POST", headers });
        expect(response.status, path).to.equal(415);
        expect(((await response.json()) as { code: string }).code).to.equal("content_type_unsupported");
      }
    }
    expect((await office.antom.payments.get(payment.id)).operations).to.deep.equal([]);
  });

  it("are at another origin where urls.operations says so, and there only", async () => {
    const elsewhere = "https://admin.shop.example";
    const office = await startBackOffice({ urls: { operations: `${elsewhere}/payments` } });
    const { id } = await office.pay();
    const inquire = async (headers: Record<string, string>): Promise<number> => {
      const all = { ...headers, "content-type": "application/json" };
      return (await office.ask(`/${id}/inquire`, { method: "POST", headers: all, body: "{}" })).status;
    };
    expect(await inquire({ origin: elsewhere })).to.equal(200);
    expect(await inquire({ origin: elsewhere, "sec-fetch-site": "same-origin" })).to.equal(200);
    expect(await inquire({ origin: office.origin })).to.equal(403);
    expect(await inquire({})).to.equal(200);
    await office.stop();
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

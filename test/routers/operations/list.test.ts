import { expect } from "chai";
import type { PaymentView } from "../../../lib/index.js";
import { cardNumber, GOOD_CARD } from "../../support/simulated-shop.js";
import { startBackOffice, type BackOffice } from "./back-office.js";

describe("the list of payments", () => {
  let office: BackOffice;
  let payments: PaymentView[];

  before(async () => {
    office = await startBackOffice();
    payments = [
      await office.pay({ orderId: "A-1" }),
      await office.pay({ orderId: "A-2", amount: { currency: "EUR", value: "4200" } }),
      await office.pay({ orderId: "A-3" }, { card: { ...GOOD_CARD, cardNo: cardNumber("visa-declined") } }),
      await office.pay({ orderId: "=A-4", amount: { currency: "KRW", value: "4200" } }),
    ];
    await office.antom.payments.capture(payments[1]?.id ?? "", {});
  });
  after(() => office.stop());

  const orders = async (query: string): Promise<string[]> => {
    const response = await office.page(query);
    const page = await response.text();
    expect(response.status, page).to.equal(200);
    return [...page.matchAll(/href="[./a-z]*PAY[0-9A-Z]{26}"\s*>([^<]*)</g)].map(([, order]) => order ?? "");
  };
  const found = async (query: string): Promise<string[]> => {
    const answer = (await (await office.ask(query)).json()) as { payments: { orderId: string }[] };
    return answer.payments.map(({ orderId }) => orderId);
  };

  it("shows them newest first, to people and to scripts, by what the browser asks for", async () => {
    expect(await orders("")).to.deep.equal(["=A-4", "A-3", "A-2", "A-1"]);
    expect(await found("")).to.deep.equal(["=A-4", "A-3", "A-2", "A-1"]);
    const anything = await office.ask("", { headers: { accept: "*/*" } });
    expect(anything.headers.get("content-type")).to.contain("application/json");
    expect(anything.headers.get("vary")).to.contain("Accept");
  });

  it("finds a payment by its order, its id, Antom's id, its status, its amount and its day", async () => {
    const [first, second] = payments;
    const today = new Date().toISOString().slice(0, 10);
    const cases: readonly (readonly [query: string, orders: readonly string[]])[] = [
      ["?search=A-1", ["A-1"]],
      [`?search=${first?.id ?? ""}`, ["A-1"]],
      [`?search=%20${second?.paymentId ?? ""}%20`, ["A-2"]],
      ["?search=nobody", []],
      ["?status=captured", ["A-2"]],
      ["?status=failed", ["A-3"]],
      ["?total=EUR+42.00", ["A-2"]],
      ["?total=4200+krw", ["=A-4"]],
      [`?from=${today}&through=${today}`, ["=A-4", "A-3", "A-2", "A-1"]],
      ["?through=2020-01-01", []],
      ["?status=captured&search=A-1", []],
    ];
    for (const [query, expected] of cases) {
      expect(await orders(query), query).to.deep.equal(expected);
      expect(await found(query), query).to.deep.equal(expected);
    }
  });

  it("says what is wrong with a filter where it stands", async () => {
    const cases = [
      ["?total=19.99", "with its currency"],
      ["?total=KRW+1.50", "KRW has no decimals"],
      ["?through=2026-02-31x", "a day such as"],
      ["?from=2026-02-31", "There is no such time as 2026-02-31."],
      ["?to=2026-04-31T12:00Z", "There is no such time as 2026-04-31T12:00Z."],
      ["?through=2025-02-29", "There is no such time as 2025-02-29."],
      ["?status=lost", "must be one of"],
      ["?after=nowhere", "unchanged"],
    ] as const;
    for (const [query, words] of cases) {
      const response = await office.page(query);
      expect(response.status, query).to.equal(400);
      expect(await response.text(), query)
        .to.contain(words)
        .and.to.contain('role="search"');
      expect((await office.ask(query)).status, query).to.equal(400);
    }
  });

  it("leads from page to page and keeps what was asked for", async () => {
    const first = await (await office.page("?limit=2&from=2020-01-01")).text();
    const href = /href="([^"]*after=[^"]*)"/.exec(first)?.[1]?.replaceAll("&amp;", "&") ?? "";
    expect(href).to.contain("from=2020-01-01").and.to.contain("limit=2");
    expect(await orders(href.slice(href.indexOf("?")))).to.deep.equal(["A-2", "A-1"]);
  });

  it("has links that work from wherever it is mounted, with and without a slash at the end", async () => {
    const id = payments[0]?.id ?? "";
    for (const path of [
      "",
      "?status=failed",
      "/",
      `/${id}`,
      `/${id}/`,
      `/${id}/confirm?kind=void`,
      "/events",
      "/overview",
    ]) {
      const page = await (await office.page(path)).text();
      const links = [...page.matchAll(/ (?:href|action)="([^"#]*)"/g)].map(
        ([, link]) => link?.replaceAll("&amp;", "&") ?? "",
      );
      expect(links, path).to.have.length.above(3);
      for (const link of new Set(links)) {
        const { href } = new URL(link, office.url + path);
        expect(href.startsWith(office.url), `${path} -> ${link} -> ${href}`).to.equal(true);
        if (link.includes("jobs") || /(?:inquire|review|confirm)$/.test(link)) continue;
        const { status } = await office.page(href.slice(office.url.length));
        expect(status, `${path} -> ${href}`).to.be.oneOf([200, 405]);
      }
    }
  });

  it("counts what needs a person, and leads there", async () => {
    // The simulator's week is ten minutes: the two holds end within a day.
    const needs = /href="([^"]*attention=expiring)"\s*>\s*<b>2<\/b> holds end within a day/;
    let page = "";
    for (let times = 0; times < 100 && !needs.test(page); times++) {
      page = await (await office.page("")).text();
      await new Promise((resolve) => setTimeout(resolve, 20));
    }
    const [, href = ""] = needs.exec(page) ?? [];
    expect(href).to.equal("./payments/?attention=expiring");
    expect(await orders("?attention=expiring")).to.deep.equal(["=A-4", "A-1"]);
    expect(page).to.match(/<b>0<\/b> conflicts to look at/);
  });

  it("gives all of them as CSV, a line each, with nothing a spreadsheet would carry out", async () => {
    const response = await office.ask("/payments.csv");
    expect(response.headers.get("content-type")).to.equal("text/csv; charset=utf-8");
    expect(response.headers.get("content-disposition")).to.equal('attachment; filename="payments.csv"');
    const [head = "", ...lines] = (await response.text()).trimEnd().split("\r\n");
    expect(head.split(",").slice(0, 5)).to.deep.equal(["payment", "order", "antom_payment", "buyer", "status"]);
    expect(lines).to.have.length(4);
    const cells = lines.map((line) => line.split(","));
    const column = (name: string): (string | undefined)[] => cells.map((line) => line[head.split(",").indexOf(name)]);
    expect(column("order")).to.deep.equal(["'=A-4", "A-3", "A-2", "A-1"]);
    expect(column("amount")).to.deep.equal(["4200", "19.99", "42.00", "19.99"]);
    expect(column("captured")).to.deep.equal(["0", "0.00", "42.00", "0.00"]);
    expect(column("opened")[0]).to.match(/^20\d\d-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z$/);
    const some = (await (await office.ask("/payments.csv?status=captured")).text()).trimEnd().split("\r\n");
    expect(some).to.have.length(2);
    const headers = await office.ask("/payments.csv", { method: "HEAD" });
    expect([headers.status, await headers.text()]).to.deep.equal([200, ""]);
  });
});

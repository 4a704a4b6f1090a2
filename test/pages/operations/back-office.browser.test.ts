import * as http from "node:http";
import type { AddressInfo } from "node:net";
import { expect } from "chai";
import express from "express";
import type { Browser, BrowserContext, Page } from "playwright-core";
import type { JobView } from "../../../lib/pages/operations/job-view.js";
import { startBackOffice, type BackOffice } from "../../routers/operations/back-office.js";
import { launchBrowser } from "../../support/browser.js";
import { complaintsOf } from "../complaints.js";

const LOOK = `(() => {
  const shown = (element) => element.checkVisibility();
  const controls = [...document.querySelectorAll("button, input:not([type=hidden]), select, summary, a.button, nav a")].filter(shown);
  const named = (element) => element.labels?.length > 0 || element.textContent.trim() !== "" || element.getAttribute("aria-label");
  return {
    width: document.documentElement.scrollWidth,
    headings: [...document.querySelectorAll("h1")].length,
    nameless: controls.filter((element) => !named(element)).map((element) => element.outerHTML),
    small: controls.filter((element) => element.getBoundingClientRect().height < 44).map((element) => element.outerHTML),
  };
})()`;

describe("the back office in a browser", function () {
  this.timeout(60_000);

  let browser: Browser;
  let office: BackOffice;
  let context: BrowserContext | undefined;

  before(async () => {
    browser = await launchBrowser();
    office = await startBackOffice();
  });
  after(async () => {
    await browser.close();
    await office.stop();
  });
  afterEach(() => context?.close());

  const open = async (javaScriptEnabled: boolean, width = 360): Promise<Page> => {
    context = await browser.newContext({
      javaScriptEnabled,
      viewport: { width, height: 740 },
      extraHTTPHeaders: { "x-staff": "anna" },
    });
    return context.newPage();
  };

  const tabTo = async (page: Page, name: RegExp): Promise<void> => {
    for (let times = 0; times < 60; times++) {
      await page.keyboard.press("Tab");
      const focus = await page.evaluate<string>(
        `(document.activeElement.id || "") + "|" + document.activeElement.textContent.trim()`,
      );
      if (!name.test(focus)) continue;
      const outline = await page.evaluate<string>(`getComputedStyle(document.activeElement).outlineStyle`);
      expect(outline, focus).to.equal("solid");
      return;
    }
    throw new Error(`The keyboard does not get to ${String(name)}.`);
  };

  const enter = async (page: Page, url: RegExp): Promise<void> => {
    await page.keyboard.press("Enter");
    await page.waitForURL(url);
  };

  it("searches, captures and refunds by keyboard alone, without scripts", async () => {
    const { id } = await office.pay({ orderId: "K-1", amount: { currency: "EUR", value: "3600" } });
    const page = await open(false);
    const complaints = complaintsOf(page);
    await page.goto(office.url);
    await tabTo(page, /^search\|/);
    await page.keyboard.type("K-1");
    await enter(page, /\?search=K-1/);
    await tabTo(page, /\|K-1$/);
    await enter(page, new RegExp(`/${id}$`));

    await tabTo(page, /^capture-amount\|/);
    await page.keyboard.press("ControlOrMeta+a");
    await page.keyboard.type("24.00");
    await enter(page, /\/confirm/);
    expect(await page.locator("h1").innerText()).to.equal("Capture EUR 24.00 of EUR 36.00 from Visa ...0768?");
    await tabTo(page, /\|Capture EUR 24.00$/);
    await enter(page, /operation=/);
    await page.locator("h2", { hasText: "Capture of EUR 24.00: done" }).waitFor();

    await tabTo(page, /^refund-amount\|/);
    await page.keyboard.press("ControlOrMeta+a");
    await page.keyboard.type("12.00");
    await tabTo(page, /^refund-reason\|/);
    await page.keyboard.type("one arrived broken");
    await enter(page, /\/confirm/);
    expect(await page.locator("h1").innerText()).to.equal("Refund EUR 12.00 of EUR 24.00 to Visa ...0768?");
    await tabTo(page, /\|Refund EUR 12.00$/);
    await enter(page, /operation=/);
    await page.locator("h2", { hasText: "Refund of EUR 12.00: done" }).waitFor();
    const payment = await office.antom.payments.get(id);
    expect([payment.capturedAmount, payment.refundedAmount]).to.deep.equal(["2400", "1200"]);
    expect(payment.operations.map(({ by, reason }) => [by, reason])).to.deep.equal([
      ["anna", undefined],
      ["anna", "one arrived broken"],
    ]);
    expect(complaints).to.deep.equal([]);
  });

  it("shows the outcome by itself once it is known, with scripts", async () => {
    const { id } = await office.pay({ orderId: "K-2" });
    // Nobody learns the outcome until the page has shown that it is open.
    for (const operation of ["capture", "inquiryPayment"] as const)
      office.simulator.addFault({ operation, fault: "garbage", times: 1_000 });
    office.simulator.addFault({ operation: "notify", fault: "drop", times: 1_000 });
    const page = await open(true);
    const complaints = complaintsOf(page);
    await page.goto(`${office.url}/${id}`);
    await page.getByRole("button", { name: "Capture..." }).click();
    await page.getByRole("button", { name: "Capture EUR 19.99" }).click();
    await page.getByRole("status").filter({ hasText: "Capture of EUR 19.99: under way" }).waitFor();
    office.simulator.clearFaults();
    await page.getByRole("status").filter({ hasText: "Capture of EUR 19.99: done" }).waitFor();
    expect(complaints).to.deep.equal([]);
  });

  it("fits on a phone and a wide screen, with one heading and named controls of a good size", async () => {
    const { id } = await office.pay({ orderId: "K-3" });
    await office.antom.payments.capture(id, {
      amount: "500",
      by: "a-member-of-staff-with-quite-a-long-name@shop.example",
    });
    const paths = [
      "",
      "?total=bad&status=failed",
      `/${id}`,
      `/${id}/confirm?kind=capture&amount=5.00`,
      "/events",
      "/overview",
      "/PAYNOTHING",
    ];
    for (const width of [360, 1280]) {
      const page = await open(false, width);
      const complaints = complaintsOf(page);
      for (const path of paths) {
        await page.goto(office.url + path);
        const seen = await page.evaluate(LOOK);
        expect(seen, `${width} ${path}`).to.deep.equal({ width, headings: 1, nameless: [], small: [] });
      }
      expect(complaints).to.deep.equal([]);
      await context?.close();
    }
  });

  it("follows long work to its end, with scripts", async () => {
    await office.pay({ orderId: "K-4" });
    const page = await open(true);
    const complaints = complaintsOf(page);
    await page.goto(office.url);
    await page.getByRole("button", { name: "Ask Antom about all open payments" }).click();
    await page.getByRole("status").filter({ hasText: "Done." }).waitFor();
    expect(complaints).to.deep.equal([]);
  });

  it("follows long work no longer than the process that does it can be reached", async () => {
    const first = await startBackOffice({ worker: false });
    const second = await startBackOffice({ worker: false });
    let answering = first.antom;
    const balancer = express().use("/admin/payments", (req, res, next) => {
      answering.operations(req, res, next);
    });
    const server = http.createServer(balancer);
    await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
    await first.pay({}, { method: "hosted", card: undefined });
    first.simulator.addFault({ operation: "inquiryPayment", fault: "timeout", times: 100 });
    const started = await first.ask("/jobs", {
      method: "POST",
      headers: { "content-type": "application/json" },
      body: JSON.stringify({ kind: "inquire-all-open" }),
    });
    const { job } = (await started.json()) as { job: JobView };

    const page = await open(true);
    const origin = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
    await page.goto(`${origin}/admin/payments/jobs/${job.id}`);
    await page.getByRole("status").filter({ hasText: "Running." }).waitFor();
    answering = second.antom;
    await page.getByText("another instance's").waitFor({ timeout: 10_000 });
    expect(await page.getByText("Running.").count()).to.equal(0);
    const asked: string[] = [];
    page.on("request", (request) => asked.push(request.url()));
    await page.waitForTimeout(2_500);
    expect(asked).to.deep.equal([]);
    server.closeAllConnections();
    server.close();
    await Promise.all([first.stop(), second.stop()]);
  });
});

import { readFileSync } from "node:fs";
import path from "node:path";
import { expect } from "chai";
import { OPTION_NAMES } from "../../lib/configuration/configuration.js";
import { AntomError, ERRORS, EVENTS, type AntomErrorCode } from "../../lib/index.js";
import { HOOK_DELAYS } from "../../lib/ledger/deliver.js";
import { BUYER_TIME, INQUIRY_DELAYS } from "../../lib/ledger/inquire.js";
import { OPERATION_DELAYS } from "../../lib/ledger/carry-operation.js";
import { CHECKOUT_SCRIPT } from "../../lib/pages/checkout-script.js";
import { TEXTS } from "../../lib/pages/texts.js";
import { PAYMENT_STATUSES } from "../../lib/payment/payment.js";
import { ROUTES } from "../../lib/routers/links.js";
import { page, ROOT, rowsIn, section } from "./pages.js";

const UNITS: Readonly<Record<string, number>> = { s: 1, min: 60, h: 3600, d: 86_400, days: 86_400 };

/** Seconds of a duration as the pages print it: "1 h 42 min 35 s"; "at once" is none. */
function seconds(text: string): number {
  if (text === "at once") return 0;
  const parts = [...text.matchAll(/(\d+) (s|min|h|days|d)\b/g)];
  if (parts.map(([part]) => part).join(" ") !== text) throw new Error(`"${text}" is not a duration`);
  return parts.reduce((sum, [, count = "", unit = ""]) => sum + Number(count) * (UNITS[unit] ?? 0), 0);
}

const source = (name: string): string => readFileSync(path.join(ROOT, name), "utf8");

describe("docs/errors.md", () => {
  const errors = page("docs/errors.md");
  const codes = Object.keys(ERRORS) as AntomErrorCode[];

  it("has a section for each code, and none for another", () => {
    const sections = errors.headings.filter(({ level }) => level === 2).map(({ text }) => text);
    expect(sections).to.have.members(codes);
    expect(sections).to.have.lengthOf(codes.length);
  });

  it("prints each code's status and title, what it means, its usual cause and its cure", () => {
    for (const code of codes) {
      const told = section(errors, code);
      expect(told, code).to.include(`${ERRORS[code].status}: ${ERRORS[code].title}.`);
      for (const part of ["**Means:**", "**Usual cause:**", "**Cure:**"]) expect(told, code).to.include(`- ${part}`);
    }
  });

  it("is where an error's help leads", () => {
    for (const code of codes) {
      const help = new URL(new AntomError(code, "a message").help);
      expect(help.pathname.endsWith("/docs/errors.md")).to.equal(true);
      expect(errors.headings.map(({ anchor }) => `#${anchor}`)).to.include(help.hash);
    }
  });
});

describe("docs/options.md", () => {
  const options = page("docs/options.md");

  it("has a section for each option, and none for another", () => {
    const sections = options.headings.filter(({ text }) => /^[a-zA-Z]+$/.test(text) && /^[a-z]/.test(text));
    expect(sections.map(({ text }) => text)).to.have.members(OPTION_NAMES);
    expect(sections).to.have.lengthOf(OPTION_NAMES.length);
  });

  it("tells which are required", () => {
    const optional = new Map(
      [...source("lib/options.ts").matchAll(/^ {2}readonly (\w+)(\??):/gm)].map(([, name = "", mark = ""]) => [
        name,
        mark === "?",
      ]),
    );
    for (const name of OPTION_NAMES) {
      expect(optional.has(name), name).to.equal(true);
      expect(section(options, name).includes("**Required.**"), name).to.equal(optional.get(name) === false);
      expect(/\bDefaults?\b/.test(section(options, name)), name).to.equal(optional.get(name) === true);
    }
  });

  it("has an example of each", () => {
    for (const name of OPTION_NAMES) {
      const shown = options.samples.some(
        ({ language, code }) => language === "ts" && new RegExp(`\\b${name}\\b`).test(code),
      );
      expect(shown, name).to.equal(true);
    }
  });
});

describe("docs/hooks.md", () => {
  const hooks = page("docs/hooks.md");

  it("has a section for each event, and none for another", () => {
    const sections = hooks.headings.filter(({ text }) => /^[a-z]+\.[a-z_]+$/.test(text)).map(({ text }) => text);
    expect(sections).to.have.members(Object.keys(EVENTS));
    expect(sections).to.have.lengthOf(Object.keys(EVENTS).length);
  });

  it("prints the back-off as it is", () => {
    const [, ...rows] = rowsIn(section(hooks, "When a hook fails"));
    const delays = [0, ...HOOK_DELAYS].map((ms) => ms / 1000);
    const sums = delays.map((_delay, index) => delays.slice(0, index + 1).reduce((sum, delay) => sum + delay, 0));
    expect(rows.map(([count]) => Number(count))).to.deep.equal(delays.map((_delay, index) => index + 1));
    expect(rows.map(([, delay = ""]) => seconds(delay))).to.deep.equal(delays);
    expect(rows.map(([, , sum = ""]) => seconds(sum))).to.deep.equal(sums);
  });
});

describe("docs/payment-life.md", () => {
  const life = page("docs/payment-life.md");

  it("prints the inquiries' back-off as it is", () => {
    const rows = rowsIn(section(life, "Times")).filter(([first = ""]) => /^(?:\d+|further)$/.test(first));
    expect(rows.map(([, delay = ""]) => seconds(delay) / 60)).to.deep.equal([...INQUIRY_DELAYS, 24 * 60]);
  });

  it("prints the buyer's time and the cancels' back-off as they are", () => {
    const times = new Map(rowsIn(section(life, "Times")).map(([what = "", time = ""]) => [what, time]));
    const timeOf = (start: string): string =>
      [...times].find(([what]) => what.startsWith(start))?.[1] ?? `nothing about "${start}"`;
    expect(seconds(timeOf("The buyer's time to pay"))).to.equal(BUYER_TIME / 1000);
    const delays = timeOf("A capture, void, refund or increase")
      .replace(", then every hour", "")
      .split(", ")
      .map(seconds);
    expect(delays).to.deep.equal([...OPERATION_DELAYS]);
  });

  it("tells of each status", () => {
    const [, ...rows] = rowsIn(section(life, "Statuses"));
    expect(rows.map(([status]) => status)).to.deep.equal(PAYMENT_STATUSES.map((status) => `\`${status}\``));
  });

  it("explains each code of a conflict, and no other", () => {
    const [, declaration = ""] =
      /interface Conflict \{\s*readonly code:([^;]*);/.exec(source("lib/payment/payment.ts")) ?? [];
    const codes = [...declaration.matchAll(/"(\w+)"/g)].map(([, code]) => code);
    expect(codes).to.include("amount_mismatch");
    expect(life.headings.filter(({ level }) => level === 3).map(({ text }) => text)).to.have.members(codes);
  });
});

describe("docs/back-office.md", () => {
  it("has each filter of the list, and no other", () => {
    const [, fields = ""] = /^interface ListFields \{([^}]*)\}/m.exec(source("lib/routers/operations/list.ts")) ?? [];
    const names = [...fields.matchAll(/^ {2}readonly (\w+)\?:/gm)].map(([, name]) => `\`${name ?? ""}\``);
    expect(names).to.include("`attention`");
    const [, ...rows] = rowsIn(section(page("docs/back-office.md"), "Finding payments"));
    expect(rows.flatMap(([field = ""]) => field.split(", "))).to.have.members(names);
  });
});

describe("docs/http.md", () => {
  const http = page("docs/http.md");

  it("has each route, and a section for it", () => {
    const paths = rowsIn(http.prose).flatMap(([request = ""]) => /^`(?:GET|POST) \/([\w.]+)/.exec(request)?.[1] ?? []);
    const routes = paths.map((name) => (name === "checkout.js" ? "script" : name));
    expect([...new Set(routes)]).to.have.members(ROUTES);
    for (const [request = ""] of rowsIn(http.prose)) {
      const asked = /^`([A-Z]+ \/.*)`$/.exec(request)?.[1];
      if (asked !== undefined) expect(http.headings.map(({ text }) => text)).to.include(asked);
    }
  });
});

describe("docs/http.md, about checkout.js", () => {
  const told = section(page("docs/http.md"), "GET /checkout.js");

  it("names every attribute that the script reads or sets", () => {
    const read = CHECKOUT_SCRIPT.match(/\bdata-antom-[a-z]+/g) ?? [];
    const words = Object.keys(TEXTS.en.checkout).map((name) => `data-antom-${name}`);
    expect(read.length).to.be.greaterThan(4);
    for (const name of [...read, ...words]) expect(told).to.include(name);
  });

  it("names every member of what its event carries, and what stands for a marked field", () => {
    const [, detail = ""] = /\bdetail: \{([^}]*)\}/.exec(CHECKOUT_SCRIPT) ?? [];
    const members = [...detail.matchAll(/(\w+):/g)].map(([, name = ""]) => `\`${name}\``);
    expect(members).to.have.lengthOf(4);
    for (const name of members) expect(told.split("`antom:error`")[1]).to.include(name);
    expect(told).to.include(`"${TEXTS.en.checkout.check}"`);
  });
});

describe("docs/what-if.md", () => {
  const whatIf = page("docs/what-if.md");

  it("tells for each case what the buyer sees, what the shop hears and what to do", () => {
    const cases = whatIf.headings.filter(({ level }) => level === 2);
    expect(cases.length).to.be.greaterThan(20);
    for (const { text } of cases) {
      for (const part of ["Buyer", "Shop", "Do"]) {
        expect(section(whatIf, text).split(`- **${part}:** `), `${text}: ${part}`).to.have.lengthOf(2);
      }
    }
  });
});

import { existsSync, readdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { expect } from "chai";
import { format, resolveConfig } from "prettier";
import ts from "typescript";
import { sample } from "../gateway/sample.js";
import { DOCUMENTS, KINDS, pageOf, ROOT, ROWS, titlesIn, titlesOf, type Row } from "./coverage-table.js";

/** Every name of a field in the documents' request samples, as they were read there. */
const REQUEST_FIELDS = `
  env browserInfo acceptHeader javaEnabled javaScriptEnabled language userAgent terminalType clientIp deviceId osType
  deviceLanguage colorDepth screenHeight screenWidth timeZoneOffset
  order orderAmount currency value orderDescription referenceOrderId
  goods referenceGoodsId goodsName goodsUrl goodsCategory goodsUnitAmount goodsQuantity
  shipping shippingName firstName lastName fullName middleName shippingAddress zipCode address2 city address1 state region
  shippingCarrier shippingPhoneNo shipToEmail
  buyer referenceBuyerId buyerPhoneNo buyerEmail buyerName
  paymentAmount paymentMethod paymentMethodType paymentMethodMetaData isCardOnFile enableAuthenticationUpgrade
  is3DSAuthentication cvv cardholderName expiryMonth billingAddress expiryYear cardNo selectedCardBrand
  requireIssuerAuthentication
  settlementStrategy settlementCurrency paymentNotifyUrl paymentRedirectUrl paymentRequestId productCode
  paymentFactor isAuthorization captureMode
`
  .trim()
  .split(/\s+/);

/** The same of the samples of pay's answer, of notifyPayment and of inquiryPayment's answer, and cardToken, which the text has. */
const ANSWER_FIELDS = `
  paymentAmount currency value paymentCreateTime paymentId paymentRequestId
  paymentResultInfo avsResultRaw cvvResultRaw networkTransactionId threeDSResult eci threeDSVersion caav cavv dsTransactionId
  result resultCode resultMessage resultStatus
  normalUrl paymentActionForm redirectActionForm method redirectUrl
  notifyType paymentTime actualPaymentAmount cardInfo paymentMethodRegion cardToken
  paymentStatus authExpiryTime paymentMethodType paymentRedirectUrl paymentResultCode paymentResultMessage
`
  .trim()
  .split(/\s+/);

/** Every path of an object's members, however deep. */
const pathsIn = (value: unknown, path = ""): string[] => {
  if (Array.isArray(value)) return value.flatMap((item) => pathsIn(item, path));
  if (typeof value !== "object" || value === null) return [];
  return Object.entries(value).flatMap(([name, inner]) => [`${path}/${name}`, ...pathsIn(inner, `${path}/${name}`)]);
};

const OPERATIONS: Readonly<Record<string, string>> = {
  "pay-request": "pay",
  "pay-answer": "pay answer",
  "notify-payment": "notifyPayment",
  "inquiry-answer": "inquiryPayment",
};

/** What is wrong with a row; empty when it is right. */
function problemsOf({ documents, what, kind, where, test }: Row): string[] {
  const problems: string[] = [];
  if (documents.length === 0 || documents.some((name) => !(DOCUMENTS as readonly string[]).includes(name))) {
    problems.push(`no such document: ${documents.join()}`);
  }
  if (!(KINDS as readonly string[]).includes(kind)) problems.push(`no such kind: ${kind}`);
  if (what === "") problems.push("says nothing");
  if (!/^(lib|docs)\//.test(where) || !existsSync(join(ROOT, where))) problems.push(`no such file: ${where}`);
  if (!/^test\/.+\.test\.ts$/.test(test.file) || !existsSync(join(ROOT, test.file))) {
    problems.push(`no such test file: ${test.file}`);
  } else if (!titlesOf(test.file).has(test.title)) problems.push(`no such test in ${test.file}: ${test.title}`);
  return problems;
}

describe("the coverage of the documents", () => {
  const fields = ROWS.filter(({ kind }) => kind === "field");
  const namesIn = (rows: readonly Row[]): Set<string> => new Set(rows.map(({ id }) => /[^/ ]+$/.exec(id)?.[0] ?? id));

  it("has a test that runs for every line, and a file that does it", () => {
    const wrong = ROWS.flatMap((row) => problemsOf(row).map((problem) => `${row.id}: ${problem}`));
    expect(wrong).to.deep.equal([]);
  });

  it("has no two lines of the same name, and each says of what kind it is", () => {
    expect(new Set(ROWS.map(({ id }) => id)).size).to.equal(ROWS.length);
    for (const { id, kind } of ROWS) expect(id.startsWith(`${kind}: `), id).to.equal(true);
  });

  it("has lines of every kind and of every document", () => {
    for (const kind of KINDS) expect(ROWS.filter((row) => row.kind === kind).length, kind).to.be.greaterThan(5);
    for (const name of DOCUMENTS) {
      expect(ROWS.filter(({ documents }) => documents.includes(name)).length, name).to.be.greaterThan(50);
    }
  });

  it("has a line for every field that was read in the documents", () => {
    const requests = namesIn(fields.filter(({ id }) => id.startsWith("field: pay/")));
    expect(REQUEST_FIELDS.filter((name) => !requests.has(name))).to.deep.equal([]);
    const answers = namesIn(fields.filter(({ id }) => !id.startsWith("field: pay/")));
    expect(ANSWER_FIELDS.filter((name) => !answers.has(name))).to.deep.equal([]);
  });

  it("has a line for every field of every sample, at its own place", () => {
    const ids = new Set(fields.map(({ id }) => id));
    const names = readdirSync(join(ROOT, "test/gateway/samples")).map((name) => name.replace(".json", ""));
    const missing = names.flatMap((name) => {
      const operation = OPERATIONS[name.split(".")[0] ?? ""];
      return pathsIn(sample(name)).filter((path) => operation === undefined || !ids.has(`field: ${operation}${path}`));
    });
    expect([...new Set(missing)]).to.deep.equal([]);
  });

  it("knows every field of a sample by its name", () => {
    const names = readdirSync(join(ROOT, "test/gateway/samples")).map((name) => name.replace(".json", ""));
    for (const name of names) {
      const known = new Set(name.startsWith("pay-request") ? REQUEST_FIELDS : ANSWER_FIELDS);
      const unknown = pathsIn(sample(name)).filter((path) => !known.has(path.slice(path.lastIndexOf("/") + 1)));
      expect(unknown, name).to.deep.equal([]);
    }
  });

  it("is printed in docs/coverage.md as it is", async () => {
    const file = join(ROOT, "docs/coverage.md");
    const printed = await format(pageOf(ROWS), { ...(await resolveConfig(file)), parser: "markdown" });
    // After a change of docs/coverage.json: UPDATE_COVERAGE=1 npx mocha test/golden/coverage.test.ts
    if (process.env["UPDATE_COVERAGE"] === "1") writeFileSync(file, printed);
    expect(readFileSync(file, "utf8")).to.equal(printed);
  });

  it("notices a line that lost its test, its file or its document", () => {
    const [right] = ROWS;
    expect(right).to.be.an("object");
    if (right === undefined) return;
    expect(problemsOf(right)).to.deep.equal([]);
    const wrong: readonly Row[] = [
      { ...right, test: { ...right.test, title: `${right.test.title} ` } },
      { ...right, test: { ...right.test, file: "test/golden/nothing.test.ts" } },
      { ...right, test: { ...right.test, file: "test/golden/merchant.ts" } },
      { ...right, where: "lib/nothing.ts" },
      { ...right, where: "README.md" },
      { ...right, documents: ["005"] },
      { ...right, documents: [] },
      { ...right, kind: "wish" },
      { ...right, what: "" },
    ];
    for (const row of wrong) expect(problemsOf(row), JSON.stringify(row)).to.have.length(1);
  });

  it("counts no test that does not run", () => {
    const source = (text: string): ts.SourceFile => ts.createSourceFile("x.ts", text, ts.ScriptTarget.Latest);
    const titles = (text: string): string[] => [...titlesIn(source(text))];
    expect(titles('describe("a", () => { it("runs", () => {}); });')).to.deep.equal(["runs"]);
    expect(titles('it.skip("a", () => {}); xit("b", () => {}); it("c");')).to.deep.equal([]);
    expect(titles('describe.skip("a", () => { it("b", () => {}); });')).to.deep.equal([]);
    expect(titles('// it("a", () => {});\nconst text = \'it("b", () => {})\';')).to.deep.equal([]);
  });
});

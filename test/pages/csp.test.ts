import { expect } from "chai";
import express from "express";
import helmet from "helmet";
import request from "supertest";
import { formActionFor, pagePolicy } from "../../lib/pages/csp.js";

const NONCE = "q83vEjRWeJCrze8S";

describe("pagePolicy", () => {
  it("allows the page its own script, style and server, and nothing else", async () => {
    const app = express();
    app.use(helmet.contentSecurityPolicy({ useDefaults: false, directives: pagePolicy(NONCE) }));
    app.get("/", (_request, response) => response.end());
    const { headers } = await request(app).get("/");
    expect(headers["content-security-policy"]?.split(";")).to.deep.equal([
      "default-src 'none'",
      `script-src 'nonce-${NONCE}'`,
      "script-src-attr 'none'",
      `style-src 'nonce-${NONCE}'`,
      "style-src-attr 'none'",
      "img-src 'self'",
      "connect-src 'self'",
      "form-action 'self'",
      "base-uri 'none'",
      "frame-ancestors 'none'",
      "require-trusted-types-for 'script'",
      "trusted-types 'none'",
    ]);
  });

  it("adds where else a form may go", () => {
    const { formAction } = pagePolicy(NONCE, { formAction: ["https://shop.example"] });
    expect(formAction).to.deep.equal(["'self'", "https://shop.example"]);
  });

  for (const nonce of [
    "",
    "short",
    "q83vEjRWeJCrze8S'",
    "q83vEjRWeJCrze8S; script-src *",
    `${NONCE}\n`,
    "a".repeat(200),
  ]) {
    it(`refuses ${JSON.stringify(nonce.slice(0, 40))} as a nonce`, () => {
      expect(() => pagePolicy(nonce)).to.throw(TypeError, "nonce");
    });
  }
});

describe("formActionFor", () => {
  it("needs nothing for a link", () => {
    expect(formActionFor({ url: "https://pay.example/", method: "GET" })).to.deep.equal([]);
  });

  it("allows a posted form every host of its scheme, for the banks it may be redirected to", () => {
    expect(formActionFor({ url: "https://pay.example/", method: "POST" })).to.deep.equal(["https:"]);
    expect(formActionFor({ url: "http://localhost:9000/", method: "POST" })).to.deep.equal(["http:"]);
  });

  it("refuses a form for anything but https", () => {
    expect(() => formActionFor({ url: "http://pay.example/", method: "POST" })).to.throw(TypeError);
  });
});

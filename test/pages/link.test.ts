import { expect } from "chai";
import { pageLink, secureLink } from "../../lib/pages/link.js";

const REFUSED = [
  "javascript:alert(1)",
  " javascript:alert(1)",
  "java\nscript:alert(1)",
  "JaVaScRiPt:alert(1)",
  "data:text/html,<script>alert(1)</script>",
  "vbscript:msgbox(1)",
  "blob:https://pay.example/1",
  "file:///etc/passwd",
  "alipays://platformapi/startapp",
];

describe("secureLink", () => {
  for (const url of [
    "https://pay.example/a?b=c#d",
    "http://localhost:8080/",
    "http://127.0.0.1/x",
    "http://[::1]:3000/x",
    "http://antom.test:3001/x",
    "http://antom.localhost:3001/x",
  ]) {
    it(`lets a buyer go to ${url}`, () => {
      expect(secureLink(url).href).to.equal(url);
    });
  }

  for (const url of [
    ...REFUSED,
    "http://pay.example/",
    "http://localhost.evil.example/",
    "http://127.0.0.1.evil.example/",
    "http://127.evil.example/",
    "http://antom.test.evil.example/",
    "https://pay.example@evil.example/",
    "https://user:word@pay.example/",
    "//evil.example/",
    "/relative",
    "https://",
    "",
    `https://pay.example/${"a".repeat(9000)}`,
  ]) {
    it(`does not let a buyer go to ${JSON.stringify(url.slice(0, 60))}`, () => {
      expect(() => secureLink(url)).to.throw(TypeError);
    });
  }
});

describe("pageLink", () => {
  for (const url of ["https://shop.example/cart", "http://shop.test/cart", "/cart?a=b", "cart"]) {
    it(`links to ${url} as it is`, () => {
      expect(pageLink(url)).to.equal(url);
    });
  }

  for (const url of REFUSED) {
    it(`does not link to ${JSON.stringify(url)}`, () => {
      expect(() => pageLink(url)).to.throw(TypeError, "http and https only");
    });
  }
});

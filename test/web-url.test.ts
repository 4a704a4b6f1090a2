import { expect } from "chai";
import { isThisMachine, webUrl } from "../lib/web-url.js";

describe("isThisMachine", () => {
  for (const host of [
    "localhost",
    "127.0.0.1",
    "127.1.2.3",
    "127.1",
    "[::1]",
    "shop.test",
    "a.shop.localhost",
    "LOCALHOST",
  ]) {
    it(`takes ${host} for this machine`, () => {
      expect(isThisMachine(new URL(`http://${host}:3000/path`))).to.equal(true);
    });
  }

  for (const host of [
    "shop.example",
    "localhost.shop.example",
    "shop.test.example",
    "127.0.0.1.shop.example",
    "127.shop.example",
    "mytest",
    "128.0.0.1",
    "[::2]",
  ]) {
    it(`takes ${host} for another`, () => {
      expect(isThisMachine(new URL(`http://${host}:3000/path`))).to.equal(false);
    });
  }
});

describe("webUrl", () => {
  for (const text of ["https://antom.example/page?a=1", "http://localhost:3001/cashier", "http://127.0.0.1/"]) {
    it(`takes ${text}`, () => {
      expect(webUrl(text)?.href).to.equal(text);
    });
  }

  for (const text of [
    "http://antom.example/",
    "https://antom.example:secret@evil.example/",
    "https://antom.example@evil.example/",
    "javascript:alert(1)",
    "/page",
    "",
    undefined,
    7,
  ]) {
    it(`takes ${JSON.stringify(text)} for none`, () => {
      expect(webUrl(text)).to.equal(undefined);
    });
  }
});

import { expect } from "chai";
import { isThisMachine } from "../lib/this-machine.js";

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

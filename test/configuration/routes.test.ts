import { expect } from "chai";
import { configured, problemsWith } from "./options.js";

describe("where the routes are", () => {
  it("is below publicUrl, with or without a slash at its end", () => {
    for (const publicUrl of ["https://shop.example/payments", "https://shop.example/payments/"]) {
      const { urls, paths } = configured({ publicUrl });
      expect(urls).to.deep.equal({
        checkout: "https://shop.example/payments/checkout",
        redirect: "https://shop.example/payments/redirect",
        return: "https://shop.example/payments/return",
        status: "https://shop.example/payments/status",
        methods: "https://shop.example/payments/methods",
        cards: "https://shop.example/payments/cards",
        notify: "https://shop.example/payments/notify",
        script: "https://shop.example/payments/checkout.js",
      });
      expect(paths).to.include({ checkout: "/checkout", script: "/checkout.js" });
    }
  });

  it("may be the root of a host", () => {
    expect(configured({ publicUrl: "https://pay.shop.example" }).urls.notify).to.equal(
      "https://pay.shop.example/notify",
    );
  });

  it("follows a renamed path", () => {
    const { urls, paths } = configured({ routes: { notify: "/hooks/antom", script: "/pay.v2.js" } });
    expect(paths).to.include({ notify: "/hooks/antom", script: "/pay.v2.js", checkout: "/checkout" });
    expect(urls.notify).to.equal("https://shop.example/payments/hooks/antom");
  });

  it("leaves out what is switched off", () => {
    expect(configured({ routes: { script: false } }).paths).to.include({ script: undefined });
  });

  it("is elsewhere for a route that is mounted by itself", () => {
    const urls = { notify: "https://hooks.example/antom?shop=1", return: "https://shop.example/back/" };
    expect(configured({ urls }).urls).to.include({
      notify: "https://hooks.example/antom?shop=1",
      return: "https://shop.example/back",
      checkout: "https://shop.example/payments/checkout",
    });
  });

  for (const [what, path] of [
    ["relative", "pay"],
    ["empty", ""],
    ["the root", "/"],
    ["with a slash at its end", "/pay/"],
    ["with a double slash", "//pay"],
    ["with a parameter", "/pay/:id"],
    ["with a wildcard", "/pay/*"],
    ["with a query", "/pay?x=1"],
    ["with a space", "/p ay"],
    ["that climbs", "/../admin"],
    ["that stays where it is", "/./pay"],
    ["that is true", true],
    ["that is null", null],
    ["that is a pattern", /pay/],
  ] as const) {
    it(`cannot be a path ${what}`, () => {
      expect(problemsWith({ routes: { checkout: path } }).map(({ at }) => at)).to.deep.equal(["routes.checkout"]);
    });
  }

  it("cannot be the same for two routes", () => {
    expect(problemsWith({ routes: { checkout: "/notify" } })).to.deep.equal([
      { at: "routes.checkout", message: "is also the path of notify" },
    ]);
    expect(problemsWith({ routes: { checkout: "/notify", notify: false } })).to.deep.equal([]);
    expect(problemsWith({ routes: { checkout: "/status", status: "/checkout" } })).to.deep.equal([]);
  });

  for (const url of ["hooks.example", "http://hooks.example/", "https://hooks.example/#x", "", null, 5]) {
    it(`cannot be elsewhere at ${JSON.stringify(url)}`, () => {
      expect(problemsWith({ urls: { notify: url } }).map(({ at }) => at)).to.deep.equal(["urls.notify"]);
    });
  }

  it("cannot have a query where the kit adds to the URL", () => {
    for (const route of ["redirect", "return", "status"]) {
      expect(problemsWith({ urls: { [route]: "https://shop.example/x?lang=en" } }).map(({ at }) => at)).to.deep.equal([
        `urls.${route}`,
      ]);
    }
  });

  for (const option of ["routes", "urls"]) {
    it(`has ${option} for the routes there are, and asks about misspelt ones`, () => {
      expect(problemsWith({ [option]: { notfy: "/x", webhook: "/x" } })).to.deep.equal([
        { at: `${option}.notfy`, message: 'is not a route; did you mean "notify"?' },
        {
          at: `${option}.webhook`,
          message: "is not a route; there are notify, checkout, status, return, redirect, methods, cards, script",
        },
      ]);
    });

    it(`wants ${option} to be an object`, () => {
      for (const value of ["/x", null, 5, true]) {
        expect(problemsWith({ [option]: value })).to.deep.equal([
          { at: option, message: "must be an object by route" },
        ]);
      }
    });
  }
});

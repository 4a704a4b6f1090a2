import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { expect } from "chai";
import express, { type Router } from "express";
import { createAntom } from "../../lib/index.js";
import { ROUTES, type RouteName } from "../../lib/routers/links.js";
import { configured, problemsWith, VALID } from "./options.js";

/** What tells the answers of the routes apart: the status, and what is said or sent. */
async function answerOf(name: RouteName, path: string, mount: (app: Router) => void): Promise<string> {
  const app = express();
  mount(app);
  const server = createServer(app);
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}${path}`;
  try {
    const isBelow = name === "status" || name === "return" || name === "redirect";
    const isPost = name === "notify" || name === "checkout";
    const response = await fetch(isBelow ? `${url}/PAY` : url, {
      method: isPost ? "POST" : "GET",
      headers: { accept: "application/json" },
    });
    const text = await response.text();
    const code = /"code":\s*"([a-z_]+)"/.exec(text)?.[1] ?? response.headers.get("content-type");
    return `${response.status} ${code}`;
  } finally {
    server.closeAllConnections();
    server.close();
  }
}

const SILENT = { ...VALID, worker: false, logger: false } as const;
const DEFAULTS = configured().paths;

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

  it("is the same with a ?, a # or slashes at the end that nothing follows", () => {
    const plain = configured();
    for (const end of ["?", "#", "?#", "/?", "/#", "//"]) {
      const { urls, operationsOrigin } = configured({ publicUrl: `https://shop.example/payments${end}` });
      expect(urls, end).to.deep.equal(plain.urls);
      expect(operationsOrigin, end).to.equal(plain.operationsOrigin);
      const elsewhere = {
        return: `https://shop.example/back${end}`,
        operations: `https://admin.shop.example/payments${end}`,
      };
      const moved = configured({ urls: elsewhere });
      expect(moved.urls, end).to.include({ return: "https://shop.example/back" });
      expect(moved.operationsOrigin, end).to.equal("https://admin.shop.example");
    }
  });

  it("keeps the path and query of a notify URL as they are given, slashes at the end as well: Antom signs them", () => {
    for (const path of ["/antom", "/antom/", "/antom//", "/", "/antom/?shop=1", "/antom?from=/"]) {
      const notify = `https://hooks.example${path}`;
      expect(configured({ urls: { notify } }).urls.notify).to.equal(notify);
      expect(configured({ urls: { notify: `${notify}#` } }).urls.notify).to.equal(notify);
    }
    expect(configured({ urls: { notify: "https://hooks.example/antom/?" } }).urls.notify).to.equal(
      "https://hooks.example/antom/",
    );
  });

  it("may be the root of a host", () => {
    expect(configured({ publicUrl: "https://pay.shop.example" }).urls.notify).to.equal(
      "https://pay.shop.example/notify",
    );
  });

  it("has the back office at the origin of publicUrl, unless urls says otherwise", () => {
    const publicUrl = "https://shop.example/payments";
    expect(configured({ publicUrl }).operationsOrigin).to.equal("https://shop.example");
    const urls = { operations: "https://admin.shop.example/payments", notify: "https://hooks.shop.example/antom" };
    expect(configured({ publicUrl, urls }).operationsOrigin).to.equal("https://admin.shop.example");
    expect(problemsWith({ routes: { operations: "/admin" } }).map(({ at }) => at)).to.deep.equal(["routes.operations"]);
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

  it("cannot be the same for two routes in another case", () => {
    expect(problemsWith({ routes: { checkout: "/Notify" } })).to.deep.equal([
      { at: "routes.checkout", message: "is also the path of notify" },
    ]);
    expect(problemsWith({ routes: { checkout: "/a/Pay", return: "/A/pay" } }).map(({ at }) => at)).to.deep.equal([
      "routes.checkout",
      "routes.return",
    ]);
    expect(problemsWith({ routes: { checkout: "/Checkout" } })).to.deep.equal([]);
  });

  it("cannot be where a route that is looked at first takes it", () => {
    const taken = (by: string) => ({
      at: "routes.methods",
      message: `is never reached: ${by} takes every path one segment below its own; choose another path`,
    });
    expect(problemsWith({ routes: { methods: "/status/ways" } })).to.deep.equal([taken("status")]);
    expect(problemsWith({ routes: { methods: "/STATUS/ways" } })).to.deep.equal([taken("status")]);
    expect(problemsWith({ routes: { methods: "/a/b/ways", return: "/a/b" } })).to.deep.equal([taken("return")]);
    expect(problemsWith({ routes: { methods: "/status/ways", status: false } })).to.deep.equal([]);
    expect(problemsWith({ routes: { methods: "/status/ways", status: "/how" } })).to.deep.equal([]);
    expect(problemsWith({ routes: { methods: "/status/the/ways" } })).to.deep.equal([]);
    expect(problemsWith({ routes: { methods: "/statuses/ways" } })).to.deep.equal([]);
  });

  for (const first of ROUTES) {
    it(`is reached one below ${first}, unless that is reported`, async () => {
      const reported: RouteName[] = [];
      for (const name of ROUTES.filter((other) => other !== first)) {
        const path = `${DEFAULTS[first]}/x`;
        const routes = { [name]: path };
        const isReported = problemsWith({ routes }).length > 0;
        if (isReported) reported.push(name);
        const alone = await answerOf(name, path, (app) => app.use(path, createAntom(SILENT)[name]));
        const among = await answerOf(name, path, (app) => {
          // What is reported cannot be made, so the routes are put up in its order.
          const antom = createAntom(isReported ? SILENT : { ...SILENT, routes });
          if (!isReported) app.use(antom.router);
          else for (const route of ROUTES) app.use(route === name ? path : `${DEFAULTS[route]}`, antom[route]);
        });
        expect(among === alone, `${name}: ${among}, by itself ${alone}`).to.equal(!isReported);
      }
      const taken: Partial<Record<RouteName, readonly RouteName[]>> = {
        status: ["methods", "cards", "script"],
        return: ["methods", "cards", "script"],
        redirect: ["methods", "cards", "script"],
        cards: ["script"],
      };
      expect(reported).to.deep.equal(taken[first] ?? []);
    });
  }

  it("has a notify URL no longer than Antom takes with a refund", () => {
    const message = "must give a notify URL of at most 1024 characters, which is what Antom takes";
    const long = (length: number): string => "https://hooks.example/".padEnd(length, "x");
    expect(problemsWith({ urls: { notify: long(1024) } })).to.deep.equal([]);
    expect(problemsWith({ urls: { notify: long(1025) } })).to.deep.equal([{ at: "urls.notify", message }]);
    const publicUrl = long(1024 - "/notify".length);
    expect(problemsWith({ publicUrl })).to.deep.equal([]);
    expect(problemsWith({ publicUrl: `${publicUrl}x` })).to.deep.equal([{ at: "publicUrl", message }]);
  });

  it("has the status at one origin with the pages that ask for it", () => {
    const problem = {
      at: "urls.status",
      message: "must be of one origin with return and redirect, whose pages may ask no other",
    };
    const elsewhere = (name: string) => ({ [name]: `https://pay.example/${name}` });
    for (const name of ["status", "return", "redirect"]) {
      expect(problemsWith({ urls: elsewhere(name) }), name).to.deep.equal([problem]);
    }
    for (const name of ["checkout", "methods", "cards", "notify", "script"]) {
      expect(problemsWith({ urls: elsewhere(name) }), name).to.deep.equal([]);
    }
    const together = { ...elsewhere("status"), ...elsewhere("return") };
    expect(problemsWith({ urls: together })).to.deep.equal([problem]);
    expect(problemsWith({ urls: { ...together, ...elsewhere("redirect") } })).to.deep.equal([]);
    expect(problemsWith({ urls: { status: "https://shop.example/standing" } })).to.deep.equal([]);
    expect(problemsWith({ urls: { status: "https://shop.example:8443/standing" } })).to.deep.equal([problem]);
  });

  it("says nothing of origins while it is not known what they are", () => {
    const urls = { status: "https://pay.example/status" };
    expect(problemsWith({ publicUrl: "nowhere", urls }).map(({ at }) => at)).to.deep.equal(["publicUrl"]);
    const broken = { ...urls, return: "pay", redirect: "https://pay.example/go" };
    expect(problemsWith({ urls: broken }).map(({ at }) => at)).to.deep.equal(["urls.return"]);
  });

  it("may be as the documents have it, each mounted by itself", () => {
    const urls = {
      checkout: "https://shop.example/buy",
      redirect: "https://shop.example/go",
      return: "https://shop.example/back",
      status: "https://shop.example/standing",
      methods: "https://shop.example/ways",
      cards: "https://shop.example/wallet",
      notify: "https://hooks.shop.example/antom",
      script: "https://shop.example/assets/pay.js",
    };
    expect(configured({ publicUrl: "https://shop.example", urls }).urls).to.deep.equal(urls);
    expect(problemsWith({ urls: { notify: "https://hooks.shop.example/antom" } })).to.deep.equal([]);
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
          message:
            "is not a route; there are notify, checkout, status, return, redirect, methods, cards, script" +
            (option === "urls" ? ", operations" : ""),
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

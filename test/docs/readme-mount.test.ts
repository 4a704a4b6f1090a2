import { createServer, type AddressInfo } from "node:net";
import { expect } from "chai";
import { createSimulator, type Simulator } from "../../lib/simulator.js";
import { installedShop, outputOf, type InstalledShop } from "./installed.js";
import { page } from "./pages.js";

const freePort = (): Promise<number> =>
  new Promise((resolve) => {
    const server = createServer().listen(0, () => {
      const { port } = server.address() as AddressInfo;
      server.close(() => {
        resolve(port);
      });
    });
  });

/** The names of an object's members, at every depth. */
const membersOf = (value: unknown): unknown =>
  typeof value === "object" && value !== null
    ? Object.fromEntries(Object.entries(value).map(([name, member]) => [name, membersOf(member)]))
    : typeof value;

async function until(what: string, look: () => boolean | Promise<boolean>): Promise<void> {
  const end = Date.now() + 45_000;
  while (!(await look())) {
    if (Date.now() > end) throw new Error(`waited in vain for ${what}`);
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
}

describe("the README's shop", () => {
  let simulator: Simulator;
  let folder: InstalledShop;

  before(async () => {
    simulator = createSimulator({ timeScale: 0.01 });
    await simulator.listen();
    folder = installedShop();
  });
  after(async () => {
    folder.remove();
    await simulator.close();
  });

  it("takes a payment as it stands there, and answers as docs/http.md prints", async function () {
    this.timeout(120_000);
    const port = await freePort();
    const origin = `http://localhost:${port}`;
    const { gateway } = simulator.credentials;
    const samples = page("docs/http.md")
      .samples.filter(({ language }) => language === "json")
      .map(({ code }) => JSON.parse(code) as unknown);
    const readme = page("README.md");
    const start = readme.samples.find(({ code }) => code.includes("--env-file"))?.code ?? "";
    const lines = await fetch(/http\S+/.exec(start)?.[0].replace("http://127.0.0.1:3001", gateway) ?? "");
    const [, makeSecret = ""] = /^node -p '(.+)' >> \.env$/m.exec(start) ?? [];
    const secret = outputOf(folder.run(["-p", makeSecret]));
    await secret.ended;
    folder.write(".env", (await lines.text()) + secret.text);
    folder.write("shop.mjs", readme.samples.find(({ language }) => language === "js")?.code ?? "");
    expect(start).to.match(/^node --env-file=\.env shop\.mjs$/m);
    const shop = folder.run(["--env-file=.env", "shop.mjs"], { PORT: String(port) });
    const output = outputOf(shop);
    const said = (line: string) => () => output.text.includes(line) || shop.exitCode !== null;
    try {
      await until("the shop's address", said(`${origin}\n`));
      expect(shop.exitCode, output.text).to.equal(null);
      const home = await (await fetch(origin)).text();
      const [, action = ""] = /<form method="post" action="([^"]+)" data-antom-checkout>/.exec(home) ?? [];
      const [, script = ""] = /<script src="([^"]+)"/.exec(home) ?? [];
      expect((await fetch(new URL(script, origin))).status).to.equal(200);

      const checkOut = (orderId: string) =>
        fetch(new URL(action, origin), {
          method: "POST",
          headers: { "content-type": "application/json", accept: "application/json", origin },
          body: JSON.stringify({ orderId }),
        });
      const refusal = await (await checkOut("1009")).json();
      expect(samples).to.deep.include(refusal);
      const checkout = await checkOut("1001");
      expect(checkout.status, output.text).to.equal(200);
      const answer = (await checkout.json()) as { redirect: string; statusUrl: string };
      const shapes = samples.map((sample) => JSON.stringify(membersOf(sample)));
      expect(shapes).to.include(JSON.stringify(membersOf(answer)));

      const redirect = await (await fetch(answer.redirect)).text();
      const [, cashier = ""] = /data-go[^>]* href="([^"]+)"/.exec(redirect) ?? [];
      const [paying = "", declined = ""] = [...readme.prose.matchAll(/`(\d{4} \d{4} \d{4} \d{4})`/g)].map(
        ([, no]) => no,
      );
      const payBy = (cardNo: string, where: string) =>
        fetch(where.replaceAll("&amp;", "&"), {
          method: "POST",
          body: new URLSearchParams({ cardNo, expiryMonth: "12", expiryYear: "34", cvv: "123" }),
        });
      const paid = await payBy(paying, cashier);
      expect(new URL(paid.url).origin).to.equal(origin);
      expect(await paid.text()).to.match(/Your payment is (?:approved|complete)/);

      await until("the hooks", said("ship 1001"));
      expect(output.text.indexOf("reserve 1001")).to.be.within(0, output.text.indexOf("ship 1001"));
      const status: unknown = await (await fetch(answer.statusUrl)).json();
      expect(shapes).to.include(JSON.stringify(membersOf(status)));
      expect(status).to.have.nested.property("payment.status", "captured");

      const second = (await (await checkOut("1002")).json()) as { redirect: string };
      const onward = await (await fetch(second.redirect)).text();
      const refused = await (await payBy(declined, /data-go[^>]* href="([^"]+)"/.exec(onward)?.[1] ?? "")).text();
      expect(refused).to.contain("The payment did not go through");
      expect(refused, "a way on").to.contain(`href="${origin}/"`);
    } finally {
      shop.kill();
      await output.ended;
    }
  });
});

import { once } from "node:events";
import { expect } from "chai";
import { endOf, newWorkplace, type Workplace } from "./program.js";

describe("express-antom simulator", function () {
  this.timeout(60_000);
  let place: Workplace;

  before(() => {
    place = newWorkplace();
  });
  after(() => {
    place.remove();
  });

  it("runs a local Antom until Ctrl-C, its address being all there is on standard output", async () => {
    const child = place.start("simulator", "--port", "0", "--data", "antom", "--time-scale", "0.01", "--json");
    const ended = endOf(child);
    const [text] = (await once(child.stdout, "data")) as [string];
    const { url, page, credentials } = JSON.parse(text) as Record<string, string>;
    expect(page).to.equal(`${url}/simulator`);
    expect((await fetch(page ?? "")).status).to.equal(200);
    expect(await (await fetch(credentials ?? "")).json()).to.include.keys("clientId", "antomPublicKey");

    const second = await place.run("simulator", "--port", "0", "--data", "antom");
    expect(second.status, second.out).to.equal(1);

    child.kill("SIGINT");
    const { status, out } = await ended;
    expect([status, out]).to.deep.equal([0, text]);
  });

  it("says what it cannot do, and which flag would help", async () => {
    const taken = place.start("simulator", "--port", "0", "--json");
    const ended = endOf(taken);
    const [text] = (await once(taken.stdout, "data")) as [string];
    const { port } = new URL((JSON.parse(text) as { url: string }).url);
    const [again, fast, strange] = await Promise.all([
      place.run("simulator", "--port", port),
      place.run("simulator", "--time-scale", "fast"),
      place.run("simulator", "--port", "70000"),
    ]);
    taken.kill("SIGTERM");
    expect((await ended).status).to.equal(0);
    expect([again.status, fast.status, strange.status]).to.deep.equal([1, 2, 2]);
    expect(again.err).to.include(`Port ${port} is taken; give another with --port.`);
    expect(fast.err).to.include("timeScale must be a number above 0");
    expect(strange.err).to.include("PORT must be a number from 0 to 65535");
  });
});

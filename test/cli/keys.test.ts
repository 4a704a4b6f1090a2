import { createPublicKey } from "node:crypto";
import { mkdirSync, readFileSync, statSync, writeFileSync } from "node:fs";
import path from "node:path";
import { expect } from "chai";
import { isPair, privateKey, publicKey } from "../../lib/gateway/keys.js";
import { newWorkplace, type Workplace } from "./program.js";

describe("express-antom keys", function () {
  this.timeout(60_000);
  let place: Workplace;

  before(() => {
    place = newWorkplace();
  });
  after(() => {
    place.remove();
  });

  it("prints a pair that the kit takes, and says what to paste where", async () => {
    const { status, out } = await place.run("keys");
    expect(status).to.equal(0);
    const [, secret = ""] = /^ANTOM_PRIVATE_KEY=(\S+)$/m.exec(out) ?? [];
    const [, open = ""] = /^(MII\S+)$/m.exec(out) ?? [];
    expect(isPair(privateKey(secret), publicKey(open))).to.equal(true);
    expect(out).to.include("dashboard").and.include("antomPublicKey");
  });

  it("writes the pair into files of its owner's alone, and never over others", async () => {
    const { status, document } = await place.json("keys", "--out", "new/keys");
    const folder = path.join(place.folder, "new/keys");
    const files = {
      privateKey: path.join(folder, "antom-private-key.txt"),
      publicKey: path.join(folder, "shop-public-key.txt"),
    };
    const open = readFileSync(files.publicKey, "utf8").trim();
    expect([status, document]).to.deep.equal([0, { publicKey: open, files }]);
    const secret = readFileSync(files.privateKey, "utf8");
    expect(createPublicKey(privateKey(secret)).equals(publicKey(open))).to.equal(true);
    if (process.platform !== "win32") expect(statSync(files.privateKey).mode & 0o777).to.equal(0o600);

    const again = await place.json("keys", "--out", "new/keys");
    expect(again.status).to.equal(1);
    expect(again.document).to.have.nested.property("error.code", "file_exists");
    expect(readFileSync(files.privateKey, "utf8")).to.equal(secret);
  });

  it("leaves no half of a pair where the other half cannot be written", async () => {
    mkdirSync(path.join(place.folder, "half"));
    writeFileSync(path.join(place.folder, "half/shop-public-key.txt"), "mine\n");
    const [there, nowhere] = await Promise.all([
      place.run("keys", "--out", "half"),
      place.run("keys", "--out", "half/shop-public-key.txt"),
    ]);
    expect([there.status, nowhere.status]).to.deep.equal([1, 1]);
    expect(there.err).to.include("is there already");
    expect(nowhere.err).to.include("could not be written");
    expect(there.out + nowhere.out).to.equal("");
    expect(() => statSync(path.join(place.folder, "half/antom-private-key.txt"))).to.throw("ENOENT");
  });
});

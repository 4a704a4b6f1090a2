import { expect } from "chai";
import { startBackOffice, type BackOffice } from "./back-office.js";
import { heardFrom, rawSocket } from "./raw.js";

describe("a command without a body", () => {
  let office: BackOffice;
  let id: string;

  before(async () => {
    office = await startBackOffice();
    ({ id } = await office.pay());
  });
  after(() => office.stop());

  /** Sends just these headers, and no length: what `curl -X POST` sends. */
  const post = async (action: string, headers: readonly string[]): Promise<string> => {
    const socket = rawSocket(office.origin);
    const { host } = new URL(office.origin);
    const lines = [`POST /admin/payments/${id}/${action} HTTP/1.1`, `Host: ${host}`, "Connection: close", ...headers];
    socket.write(`${lines.join("\r\n")}\r\n\r\n`);
    return (await heardFrom(socket)).text;
  };

  it("is carried out, with neither Content-Length nor Transfer-Encoding", async () => {
    for (const action of ["inquire", "review"]) {
      const answer = await post(action, ["x-staff: anna"]);
      expect(answer, action)
        .to.match(/^HTTP\/1\.1 200 /)
        .and.contain(`"id":"${id}"`);
    }
    expect(await post("capture", ["x-staff: anna"])).to.match(/^HTTP\/1\.1 200 /);
    expect((await office.antom.payments.get(id)).capturedAmount).to.equal("1999");
  });

  it("opens no door: not to strangers, not to who may look only, not to other sites' pages", async () => {
    expect(await post("inquire", [])).to.match(/^HTTP\/1\.1 403 /);
    expect(await post("inquire", ["x-staff: lena"])).to.match(/^HTTP\/1\.1 403 /);
    const foreign = await post("inquire", ["x-staff: anna", "Origin: https://evil.example"]);
    expect(foreign)
      .to.match(/^HTTP\/1\.1 403 /)
      .and.contain("origin_refused");
  });

  it("is none where a form was sent, however empty: that bears a token", async () => {
    const form = "Content-Type: application/x-www-form-urlencoded";
    for (const length of ["Content-Length: 0\r\n\r\n", "Transfer-Encoding: chunked\r\n\r\n0"]) {
      expect(await post("inquire", ["x-staff: anna", form, length]), length)
        .to.match(/^HTTP\/1\.1 403 /)
        .and.contain("form_stale");
    }
  });
});

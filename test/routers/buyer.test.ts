import express, { type Request } from "express";
import { expect } from "chai";
import request from "supertest";
import { AntomError, isAntomError } from "../../lib/errors.js";
import { knownBuyer, type BuyerFunction } from "../../lib/routers/buyer.js";

/** What becomes of a real request, given what the shop's function does. */
async function outcome(buyer: BuyerFunction | undefined, headers: Record<string, string> = {}): Promise<unknown> {
  let found: unknown;
  const app = express();
  app.get("/", (req: Request, res) => {
    void knownBuyer(buyer, req)
      .catch((error: unknown) => error)
      .then((value) => {
        found = value;
        res.end();
      });
  });
  await request(app).get("/").set(headers);
  return found;
}

const errorOf = async (buyer: BuyerFunction | undefined): Promise<AntomError> => {
  const found = await outcome(buyer);
  if (isAntomError(found)) return found;
  throw new Error("this should have been refused", { cause: found });
};

/** A shop written in JavaScript may answer with anything. */
const answering =
  (value: unknown): BuyerFunction =>
  () =>
    value as string;

describe("the buyer of a request", () => {
  it("is who the shop says, at once or later", async () => {
    const headers = { "x-user": "user-7" };
    expect(await outcome((req) => req.get("x-user"), headers)).to.equal("user-7");
    expect(await outcome((req) => Promise.resolve(req.get("x-user")), headers)).to.equal("user-7");
    for (const id of ["7", "a".repeat(128), "\uad6c\ub9e4\uc790", "a b", "\u{1f381}"]) {
      expect(await outcome(() => id)).to.equal(id);
    }
  });

  it("is unknown where the shop does not say", async () => {
    expect(await errorOf(undefined)).to.include({ code: "buyer_unknown", status: 401 });
    for (const nothing of [undefined, null, ""]) {
      expect((await errorOf(() => nothing)).code).to.equal("buyer_unknown");
      expect((await errorOf(() => Promise.resolve(nothing))).code).to.equal("buyer_unknown");
    }
  });

  it("is refused where the shop answers with what is no id, and not shown", async () => {
    const wrong = [0, 7, 7n, false, true, {}, [], ["user-7"], new String("user-7"), Symbol("user-7"), () => "user-7"];
    for (const answer of [...wrong, "a".repeat(129), "a\0b", "a\nb", "a\u007f", "user-\ud800"]) {
      const error = await errorOf(answering(answer));
      expect(error.code).to.equal("internal");
      expect(error.message).to.match(/must answer with an id of 1 to 128 characters/);
      expect(error.message).not.to.match(/user-7|aaaa/);
    }
  });

  it("is not known either where the shop's function fails", async () => {
    const cause = new Error("the sessions are down");
    for (const failing of [
      () => {
        throw cause;
      },
      () => Promise.reject(cause),
    ]) {
      const error = await errorOf(failing);
      expect(error).to.include({ code: "internal", cause });
      expect(error.message).to.equal("the shop's buyer function failed");
    }
  });

  it("is refused as the shop refuses it", async () => {
    const refusal = new AntomError("buyer_unknown", "your session has ended");
    expect(await outcome(() => Promise.reject(refusal))).to.equal(refusal);
  });
});

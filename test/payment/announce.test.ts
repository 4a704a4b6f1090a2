import { expect } from "chai";
import { transition } from "../../lib/payment/transition.js";
import { after, eventsOf, ID, MINUTE, newPayment, observation, T0 } from "./a-payment.js";
import { ACTION, dispute, REVERSED, SUCCESS, told } from "./facts.js";
import { frozen } from "./invariants.js";

describe("what the shop is told", () => {
  it("marks a payment Antom could neither keep nor give back, once", () => {
    expect(eventsOf(newPayment(), REVERSED, REVERSED)).to.deep.equal(["payment.conflict"]);
    expect(after(newPayment(), REVERSED).conflicts).to.deep.equal([{ code: "reversed", at: T0 + MINUTE }]);
  });

  describe("when it is disputed", () => {
    it("tells of the opening and of each step, once", () => {
      const facts = [dispute("DISPUTE_CREATED"), dispute("DEFENSE_SUPPLIED"), dispute("DEFENSE_SUPPLIED")];
      expect(eventsOf(newPayment(), ...facts)).to.deep.equal(["dispute.opened", "dispute.updated"]);
      expect(after(newPayment(), ...facts).disputes).to.deep.equal([
        { id: "D1", steps: ["DISPUTE_CREATED", "DEFENSE_SUPPLIED"] },
      ]);
    });

    it("tells two disputes apart", () => {
      expect(eventsOf(newPayment(), dispute("A", "D1"), dispute("A", "D2"))).to.deep.equal([
        "dispute.opened",
        "dispute.opened",
      ]);
    });

    it("tells once of what one observation says twice", () => {
      const twice = observation("notification", [dispute("A"), dispute("A"), dispute("B")]);
      expect(transition(newPayment(), twice)?.events.map(({ type }) => type)).to.deep.equal([
        "dispute.opened",
        "dispute.updated",
      ]);
    });

    it("tells nothing of a dispute of somebody else's payment but the conflict", () => {
      const payment = after(newPayment(), SUCCESS);
      expect(eventsOf(payment, dispute("A", "D1", "SOMEBODY-ELSES"))).to.deep.equal(["payment.conflict"]);
    });
  });

  it("numbers events from one, and gives the shop all but what the kit keeps for itself", () => {
    const next = transition(frozen(newPayment()), observation("inquiry", [ACTION, SUCCESS, told("capture", "10000")]));
    expect(next?.events.map(({ id, type, sequence }) => [id, type, sequence])).to.deep.equal([
      [`${ID}.1`, "payment.authorized", 1],
      [`${ID}.2`, "payment.captured", 2],
    ]);
    expect(next?.payment).to.include({ version: 2, eventCount: 2, updatedAt: T0 + MINUTE });
    expect(next?.events[0]?.payment).not.to.have.any.keys("request", "evidence", "eventCount");
  });
});

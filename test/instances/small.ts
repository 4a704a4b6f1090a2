import { expect } from "chai";
import { Dice } from "../crash/dice.js";
import type { StorageKind } from "../crash/points.js";
import type { Outcome } from "./reckoning.js";
import { SCENARIOS, type Measure } from "./scenarios.js";
import type { Flaw } from "./shop/flaws.js";
import { openTown, type Town } from "./town.js";

/** As much of each scenario as fits into seconds. */
const SMALL: Measure = {
  instances: 3,
  speed: 25,
  leaseSpeed: 12,
  among: [2, 3],
  rounds: 6,
  notified: 6,
  kills: 3,
  killEvery: 300,
  events: 3,
  upgradeEvery: 250,
  dice: new Dice("small"),
};

const expectSound = ({ violations }: Outcome): void => {
  expect(violations, JSON.stringify(violations, undefined, 1).slice(0, 4000)).to.deep.equal([]);
};

/** What each scenario finds where something is broken, and what it says then. */
const FLAWED: readonly (readonly [keyof typeof SCENARIOS, Flaw, RegExp])[] = [
  ["a hundred checkouts of one order at once", "opens-blindly", /checkouts at once were answered in \d+ ways/],
  ["every notification at all instances at once", "overwrites", /was told 2 times/],
  ["one instance after another killed", "forgets-events", /never came/],
  ["an instance killed with work in hand", "leases-long", /taken over \d+ ms after the kill/],
  ["an event whose hook ends the process", "counts-nothing", /is not given up after \d+ tries/],
  ["an instance frozen past its leases", "settles-late", /was not refused|came again/],
  ["one instance after another upgraded", "stops-hard", /with nothing during the upgrade/],
];
/** How often it is tried to be seen: an instance that stops may have nothing in hand. */
const TRIES = 3;

/** @param isFlawed whether the scenarios are to be seen to find what is broken on purpose */
export function describeInstances(kind: StorageKind, isFlawed = false): void {
  describe(`several instances on one ${kind === "sqlite" ? "SQLite file" : "PostgreSQL database"}`, function () {
    this.timeout(60_000);
    let town: Town;

    before(async () => {
      town = await openTown(kind);
    });
    after(() => town.close());

    it("two and three of which get a hundred checkouts of one order at once make one payment of it", async () => {
      const outcome = await SCENARIOS["a hundred checkouts of one order at once"](town, SMALL);
      expectSound(outcome);
      expect(outcome.figures).to.include({ checkouts: 600, "answered with 200": 600, authorizations: 6 });
    });

    it("that all get each notification three times at once, acknowledge every copy and tell of it once", async () => {
      const outcome = await SCENARIOS["every notification at all instances at once"](town, SMALL);
      expectSound(outcome);
      expect(outcome.figures).to.include({ notifications: 12, copies: 108, acknowledged: 108 });
    });

    it("that are killed one after another lose nothing and do nothing twice", async () => {
      const outcome = await SCENARIOS["one instance after another killed"](town, SMALL);
      expectSound(outcome);
      expect(outcome.figures["payments"]).to.be.greaterThan(5);
    });

    it("take over what one of them had in hand when it was killed, as soon as its leases end", async () => {
      expectSound(await SCENARIOS["an instance killed with work in hand"](town, SMALL));
    });

    it("do not end one after the other where a hook ends its process, and give its event up", async () => {
      const outcome = await SCENARIOS["an event whose hook ends the process"](town, SMALL);
      expectSound(outcome);
      expect(outcome.figures["processes ended"]).to.be.within(2, 13);
    });

    it("take over from one that stands still, and refuse what it says when it goes on", async () => {
      const outcome = await SCENARIOS["an instance frozen past its leases"](town, SMALL);
      expectSound(outcome);
      expect(outcome.figures["late words refused"]).to.be.greaterThan(0);
    });

    it("work on beside one whose release has changed the tables", async () => {
      const outcome = await SCENARIOS["one instance after another upgraded"](town, SMALL);
      expectSound(outcome);
      expect(outcome.figures["answered by older ones"]).to.be.at.least(6);
    });

    for (const [name, flaw, said] of isFlawed ? FLAWED : []) {
      it(`are seen to fail where a shop ${flaw}, by ${name}`, async () => {
        let found = "";
        for (let tries = 0; tries < TRIES && !said.test(found); tries++) {
          const { violations } = await SCENARIOS[name](town, { ...SMALL, rounds: 1, kills: 1, instances: 2, flaw });
          found = violations.map(({ what }) => what).join("\n");
        }
        expect(found).to.match(said);
      });
    }
  });
}

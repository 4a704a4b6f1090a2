import assert from "node:assert/strict";
import type { ClaimedTask, TaskOutcome } from "../storage.js";
import { times } from "./chance.js";
import { change, claimAll, claimOn, deliver, idsOf, NOW, openNew, samplePayment } from "./samples.js";
import { same } from "./same.js";
import type { Current, Suite } from "./suite.js";

/** What is out once several instances have claimed, and then one after the other until nothing is given. */
const allOut = async (current: Current, claims: readonly Promise<ClaimedTask[]>[]): Promise<ClaimedTask[]> => {
  const claimed = (await Promise.all(claims)).flat();
  let nth = 0;
  return [...claimed, ...(await claimOn(() => claimAll(current(nth++))))];
};

/** That of each of these payments just one event is out. */
const isOneOfEach = (out: readonly ClaimedTask[], payments: readonly string[]): void => {
  same(out.map(({ task }) => task.payment).toSorted(), payments.toSorted(), `out are ${idsOf(out).join(", ")}`);
};

const numberOf = ({ task }: ClaimedTask): number => (task.kind === "deliver" ? task.sequence : NaN);

/** Delivers all there is, those of different payments at once; answers with each payment's numbers in the order in which they came. */
const delivered = async (current: Current, first: readonly ClaimedTask[]): Promise<Map<string, number[]>> => {
  const came = new Map<string, number[]>();
  let out = first;
  for (let round = 0; out.length > 0; round++) {
    assert(round < 100, "events came without an end");
    isOneOfEach(out, [...new Set(out.map(({ task }) => task.payment))]);
    for (const task of out) came.set(task.task.payment, [...(came.get(task.task.payment) ?? []), numberOf(task)]);
    const settled = await Promise.all(out.map((task, nth) => current(nth + round).settle(task, { done: true })));
    same(new Set(settled), new Set([true]));
    out = await allOut(current, []);
  }
  return came;
};

/** Opens payments with three events each, of which the first was given up and the second is due. */
const openGivenUp = async (current: Current, ids: readonly string[]): Promise<void> => {
  await Promise.all(
    ids.map((id, nth) => {
      const payment = samplePayment(id);
      return openNew(
        current(nth),
        payment,
        times(3, (at) => deliver(payment, at + 1)),
      );
    }),
  );
  for (const task of await allOut(current, [])) await current().settle(task, { dead: "too often" });
};

export const orderIsKept = ({ describe, it }: Suite): void => {
  describe("events of one payment, beside others", () => {
    it("come all, where one is settled while the next is stored", async (current) => {
      const ids = times(6, (nth) => `p${nth}`);
      let payments = await Promise.all(
        ids.map((id, nth) => openNew(current(nth), samplePayment(id), [deliver(samplePayment(id), 1)])),
      );
      let out = await allOut(current, []);
      for (let last = 1; last < 25; last++) {
        isOneOfEach(out, ids);
        same(new Set(out.map(numberOf)), new Set([last]));
        const outcome: TaskOutcome = last % 3 === 0 ? { dead: "too often" } : { done: true };
        const changes = payments.map((payment) => change(payment, {}, [deliver(payment, last + 1)]));
        const settle = () => out.map((task, nth) => current(nth + last).settle(task, outcome));
        const commit = () => changes.map((next, nth) => current(nth + last + 1).commit(next));
        // Now the one is asked for first, now the other.
        const asked: Promise<unknown>[] = last % 2 === 0 ? [...settle(), ...commit()] : [...commit(), ...settle()];
        const claims = times(3, (nth) => claimAll(current(nth)));
        same(new Set(await Promise.all(asked)), new Set([true, "committed"]));
        payments = changes.map(({ payment }) => payment);
        out = await allOut(current, claims);
      }
      isOneOfEach(out, ids);
    });

    it("are never two out where an earlier one is redriven while a later one is claimed", async (current) => {
      for (let round = 0; round < 12; round++) {
        const ids = times(5, (nth) => `r${round}-${nth}`);
        await openGivenUp(current, ids);
        const claim = () => times(2, (nth) => claimAll(current(nth + round)));
        const early = round % 2 === 0 ? claim() : [];
        const redriven = ids.map((id, nth) => current(nth + round).redrive(`${id}:1`, NOW));
        const late = round % 2 === 0 ? [] : claim();
        same(new Set(await Promise.all(redriven)), new Set([true]));
        const out = await allOut(current, [...early, ...late]);
        isOneOfEach(out, ids);
        for (const [id, came] of await delivered(current, out)) {
          assert(["1,2,3", "2,1,3"].includes(came.join()), `of ${id} came ${came.join(", ")}`);
        }
      }
    });

    it("come all, where an earlier one is redriven while a later one is settled", async (current) => {
      for (let round = 0; round < 12; round++) {
        const ids = times(5, (nth) => `r${round}-${nth}`);
        await openGivenUp(current, ids);
        const held = await allOut(current, []);
        isOneOfEach(held, ids);
        const settle = () => held.map((task, nth) => current(nth).settle(task, { done: true }));
        const redrive = () => ids.map((id, nth) => current(nth + round).redrive(`${id}:1`, NOW));
        const asked = round % 2 === 0 ? [...settle(), ...redrive()] : [...redrive(), ...settle()];
        const claims = times(2, (nth) => claimAll(current(nth + round)));
        same(new Set(await Promise.all(asked)), new Set([true]));
        const out = await allOut(current, claims);
        isOneOfEach(out, ids);
        for (const [id, came] of await delivered(current, out)) {
          assert(["1,3", "3,1"].includes(came.join()), `of ${id} came ${came.join(", ")} after 2`);
        }
      }
    });
  });
};

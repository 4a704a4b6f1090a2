import { idsAreKeptApart } from "./conformance/alike.js";
import { cardsAreKept } from "./conformance/cards.js";
import { clocksAreTheCallers } from "./conformance/clocks.js";
import { crashesAreSurvived } from "./conformance/crashes.js";
import { deferralsAreRun } from "./conformance/defer-races.js";
import { deferralsAreKept } from "./conformance/defers.js";
import { deliveriesAreKept } from "./conformance/deliveries.js";
import { listsAreKept } from "./conformance/lists.js";
import { ordersAreKept } from "./conformance/orders.js";
import { extrasAreKept } from "./conformance/optional.js";
import { overviewsAreKept } from "./conformance/overviews.js";
import { prunesAreRun } from "./conformance/prune-races.js";
import { prunesAreKept } from "./conformance/prunes.js";
import { racesAreRun } from "./conformance/races.js";
import { refusalsAreWhole } from "./conformance/refusals.js";
import { searchesAreKept } from "./conformance/searches.js";
import { NotConcerned, reasonsOf, skipWithin } from "./conformance/left-out.js";
import { orderIsKept } from "./conformance/order-races.js";
import { runCase } from "./conformance/run-case.js";
import {
  collect,
  type ConformanceOptions,
  type Group,
  type TestRunner,
  type WrittenCase,
} from "./conformance/suite.js";
import { startsAreHarmless } from "./conformance/starting.js";
import { tasksAreKept } from "./conformance/tasks.js";
import { valuesAreKept } from "./conformance/values.js";

export type {
  ConformanceOptions,
  Notes,
  Part,
  StorageUnderTest,
  TestFunction,
  TestRunner,
} from "./conformance/suite.js";

const PROMISES = [
  startsAreHarmless,
  ordersAreKept,
  racesAreRun,
  refusalsAreWhole,
  tasksAreKept,
  deferralsAreKept,
  deferralsAreRun,
  deliveriesAreKept,
  orderIsKept,
  clocksAreTheCallers,
  crashesAreSurvived,
  listsAreKept,
  searchesAreKept,
  overviewsAreKept,
  prunesAreKept,
  prunesAreRun,
  valuesAreKept,
  idsAreKeptApart,
  cardsAreKept,
  extrasAreKept,
];

/**
 * The promises of `Storage` as tests of one adapter, for whichever runner's `describe` and `it` are handed over. Each
 * test makes storages of its own and stops them. Throws a TypeError for a test or a part that is turned off without a
 * reason, or is none; docs/conformance.md shows an adapter written with it.
 */
export const storageConformance = ({ describe, it }: TestRunner, options: ConformanceOptions): void => {
  const groups = collect(PROMISES);
  const reasonOf = reasonsOf(options, groups);
  const register = (group: Group, written: WrittenCase): void => {
    const reason = reasonOf(group, written);
    if (reason === undefined) {
      // Named no parameters, which runners take for a wish to be called back.
      it(written.title, async function (this: unknown, ...context: readonly unknown[]) {
        try {
          await runCase(options, written);
        } catch (error) {
          if (!(error instanceof NotConcerned)) throw error;
          skipWithin([this, ...context], error.message);
        }
      });
      return;
    }
    const title = `${written.title} (left out: ${reason})`;
    if (it.skip === undefined) it(title, () => Promise.resolve());
    else it.skip(title, () => Promise.resolve());
  };
  describe(`${options.name} keeps the storage contract`, () => {
    for (const group of groups) {
      describe(group.title, () => {
        for (const written of group.cases) register(group, written);
      });
    }
  });
};

import { cardsAreKept } from "./conformance/cards.js";
import { clocksAreTheCallers } from "./conformance/clocks.js";
import { crashesAreSurvived } from "./conformance/crashes.js";
import { deliveriesAreKept } from "./conformance/deliveries.js";
import { listsAreKept } from "./conformance/lists.js";
import { ordersAreKept } from "./conformance/orders.js";
import { overviewsAreKept } from "./conformance/overviews.js";
import { racesAreRun } from "./conformance/races.js";
import { refusalsAreWhole } from "./conformance/refusals.js";
import { searchesAreKept } from "./conformance/searches.js";
import { type ConformanceOptions, suiteOf, type TestRunner } from "./conformance/suite.js";
import { tasksAreKept } from "./conformance/tasks.js";
import { valuesAreKept } from "./conformance/values.js";

export type { ConformanceOptions, Part, StorageUnderTest, TestFunction, TestRunner } from "./conformance/suite.js";

/**
 * The promises of `Storage` as tests of one adapter, for whichever runner's `describe` and `it` are handed over. Each
 * test makes storages of its own and stops them. Throws a TypeError for a test or a part that is turned off without a
 * reason, or is none; docs/conformance.md shows an adapter written with it.
 */
export const storageConformance = (runner: TestRunner, options: ConformanceOptions): void => {
  runner.describe(`${options.name} keeps the storage contract`, () => {
    const suite = suiteOf(runner, options);
    ordersAreKept(suite);
    racesAreRun(suite);
    refusalsAreWhole(suite);
    tasksAreKept(suite);
    deliveriesAreKept(suite);
    clocksAreTheCallers(suite);
    crashesAreSurvived(suite);
    listsAreKept(suite);
    searchesAreKept(suite);
    overviewsAreKept(suite);
    valuesAreKept(suite);
    cardsAreKept(suite);
    suite.close();
  });
};

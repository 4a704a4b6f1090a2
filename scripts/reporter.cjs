/** Mocha's dots and failures, then one closing line that a person and a machine can read alike. */

const {
  Runner,
  reporters: { Dot },
} = require("mocha");

/** @param {{ passes: number, failures: number, pending: number }} stats */
const closingLine = ({ passes, failures, pending }) =>
  `${passes} passed, ${failures} failed${pending > 0 ? `, ${pending} skipped` : ""}`;

module.exports = class ClosingLine extends Dot {
  /**
   * @param {import("mocha").Runner} runner
   * @param {import("mocha").MochaOptions} options
   */
  constructor(runner, options) {
    super(runner, options);
    runner.once(Runner.constants.EVENT_RUN_END, () => {
      process.stdout.write(`${closingLine(this.stats)}\n`);
    });
  }
};

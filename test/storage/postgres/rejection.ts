import { expect } from "chai";
import { isAntomError, type AntomError } from "../../../lib/errors.js";

/** The kit's own error that a promise must reject with. */
export const rejection = async (promise: Promise<unknown>): Promise<AntomError> => {
  const error: unknown = await promise.then(
    () => undefined,
    (thrown: unknown) => thrown,
  );
  return isAntomError(error) ? error : expect.fail(`It rejected with ${String(error)}.`);
};

import { isAntomError, type AntomError } from "../../lib/errors.js";

/** The error with which something is refused. */
export function refused(action: () => unknown): AntomError {
  try {
    action();
  } catch (error) {
    if (isAntomError(error)) return error;
    throw error;
  }
  throw new Error("nothing was refused");
}

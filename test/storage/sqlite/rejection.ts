import { AntomError, type AntomErrorCode } from "../../../lib/errors.js";

/** What a promise is rejected with; a promise that is kept is an error here. */
export const rejection = async (promise: Promise<unknown>): Promise<AntomError> => {
  const error: unknown = await promise.then(
    () => undefined,
    (reason: unknown) => reason,
  );
  if (error instanceof AntomError) return error;
  throw new Error("this should have been rejected with an AntomError", { cause: error });
};

export const codeOf = async (promise: Promise<unknown>): Promise<AntomErrorCode> => (await rejection(promise)).code;

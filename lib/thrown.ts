import { types } from "node:util";

/** What something thrown says where it cannot be turned into text. */
const NO_WORDS = "what was thrown cannot be turned into text";

/** Reads something that others threw, where a getter, a proxy or what turns it into text may throw in turn. */
export const readOr = <T>(otherwise: T, read: () => T): T => {
  try {
    return read();
  } catch {
    return otherwise;
  }
};

/**
 * Whether something thrown is an error, of whichever realm: Jest runs the kit in one of its own, where what Node's modules throw is no instance
 * of the `Error` that is seen there.
 */
export const isError = (thrown: unknown): thrown is Error =>
  readOr(false, () => thrown instanceof Error || types.isNativeError(thrown));

/** The code of an error that has one in letters, such as "ENOENT". */
export const errorCode = (thrown: unknown): string | undefined =>
  readOr(undefined, () =>
    isError(thrown) && "code" in thrown && typeof thrown.code === "string" ? thrown.code : undefined,
  );

/** What something thrown says, be it an error or not. Never throws. */
export const messageOf = (thrown: unknown): string =>
  readOr(NO_WORDS, () => String(isError(thrown) ? thrown.message : thrown));

/** The same, with an error's name before it. */
export const namedMessageOf = (thrown: unknown): string =>
  readOr(messageOf(thrown), () => (isError(thrown) ? `${thrown.name}: ${thrown.message}` : String(thrown)));

/**
 * An error that says the same as something thrown, and can be read whatever that was; with the errors that caused it.
 *
 * @param depth how many of those at most
 */
export const readableError = (thrown: unknown, depth = 3): Error => {
  const cause = depth > 0 && isError(thrown) ? readOr(undefined, () => thrown.cause) : undefined;
  const error = new Error(messageOf(thrown), cause === undefined ? {} : { cause: readableError(cause, depth - 1) });
  const stack = isError(thrown) ? readOr(undefined, () => thrown.stack) : undefined;
  error.stack = typeof stack === "string" ? stack : error.message;
  return error;
};

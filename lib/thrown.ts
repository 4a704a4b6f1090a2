import { types } from "node:util";

/**
 * Whether something thrown is an error, of whichever realm: Jest runs the kit in one of its own, where what Node's modules throw is no instance
 * of the `Error` that is seen there.
 */
export const isError = (thrown: unknown): thrown is Error => thrown instanceof Error || types.isNativeError(thrown);

/** The code of an error that has one in letters, such as "ENOENT". */
export const errorCode = (thrown: unknown): string | undefined =>
  isError(thrown) && "code" in thrown && typeof thrown.code === "string" ? thrown.code : undefined;

/** What something thrown says, be it an error or not. */
export const messageOf = (thrown: unknown): string => (isError(thrown) ? thrown.message : String(thrown));

import { AntomError } from "../errors.js";
import { isPlainObject } from "../plain-object.js";
import { unknownNames } from "../unknown-names.js";

/**
 * Throws `configuration_invalid` for options that are none of a storage's own: one that is misspelt would be left out, and the payments be
 * kept elsewhere than was meant.
 *
 * @param call how the storage is made, such as "sqliteStorage(path, { ... })"
 */
export const checkOptionNames = (given: unknown, known: readonly string[], call: string): void => {
  const wrong = isPlainObject(given) ? unknownNames(given, known) : [`the options must be an object: ${call}`];
  if (wrong.length === 0) return;
  throw new AntomError("configuration_invalid", `The storage cannot be made like this: ${wrong.join("; ")}.`, {
    problems: wrong.map((message) => ({ at: "storage", message })),
  });
};

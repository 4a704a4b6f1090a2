import { nearest } from "./nearest.js";

/** A sentence for each member of what was handed in that is none of the known ones: "shema is not an option; did you mean "schema"?". */
export const unknownNames = (given: object, known: readonly string[], what = "an option"): string[] =>
  Object.keys(given)
    .filter((name) => !known.includes(name))
    .map((name) => `${name} ${unknownName(name, known, what)}`);

/** What is wrong with one such name. */
export const unknownName = (name: string, known: readonly string[], what: string): string => {
  const meant = nearest(name, known);
  return `is not ${what}; ${meant === undefined ? `there are ${known.join(", ")}` : `did you mean "${meant}"?`}`;
};

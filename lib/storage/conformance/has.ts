import { same } from "./same.js";

/** Asserts that a value has these members, whatever others it has. */
export const has = (value: object | undefined, members: Readonly<Record<string, unknown>>): void => {
  const those = Object.entries(value ?? {}).filter(([name]) => Object.hasOwn(members, name));
  same(Object.fromEntries(those), members);
};

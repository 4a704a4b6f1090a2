/** Whether something the buyer gave is what the bank has: it is, it is not, or nobody said (not checked, or not told). */
export type Match = "match" | "mismatch" | "unchecked";

/** What is said of a code that no table of Antom's has. The code itself passes through. */
export const UNKNOWN_CODE = "unknown code";

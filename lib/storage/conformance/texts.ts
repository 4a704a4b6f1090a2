/** What Antom, a hook or a bank may say, to be written into the database as it came. */
export const TEXTS: Readonly<Record<string, string>> = {
  "every script": "\u{ae30}\u{d504}\u{d2b8} \u{793c}\u{54c1} \u0647\u062f\u064a\u0629 \u{1f381} \u202e \u2028",
  "halves of surrogate pairs": "\ud83c and \udf81",
  "control characters": "a\u0000b\u0001\t\r\n\u001f\u007f",
  "quotes and SQL": `'; DROP TABLE tasks; -- " \\ \` $1 ? :a @b %s {}`,
  "half a megabyte": "\u{e9}\u{6f22}\u{1f381}x".repeat(60_000),
};

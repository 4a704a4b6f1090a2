/** Texts that have broken out of pages before, in markup, attributes, comments and templates. */
export const HOSTILE = [
  `<script>hostile()</script>`,
  `"><img src=x onerror=hostile()>`,
  `' autofocus onfocus='hostile()`,
  `</title></style></script><svg onload=hostile()>`,
  `<!--<script>hostile()//-->`,
  `&lt;script&gt;hostile()&lt;/script&gt;`,
  `{{constructor.constructor('hostile()')()}}\${hostile()}`,
  `\u202e\u2066evil\u0000\u2028\u2029`,
  `]]><hostile/>`,
] as const;

/** The tags of a page with the names of their attributes: the same for harmless and hostile texts, or something escaped. */
export const skeleton = (page: string): string[] =>
  (page.match(/<[^<>]*>/g) ?? []).map((tag) => tag.replace(/"[^"]*"/g, '""'));

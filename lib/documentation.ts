/**
 * The address of a page of the documentation, for messages: the package itself ships no pages.
 *
 * @param page its name, with the heading if one is meant: "options.md", "storage.md#which-driver"
 */
export const documentation = (page: string): string =>
  `https://github.com/express-antom/express-antom/blob/main/docs/${page}`;

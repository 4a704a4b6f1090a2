/**
 * Whether a URL's host is this very machine, where plain http does no harm: `localhost`, a loopback address, or a name that
 * ends in `.localhost` or `.test`, which the internet has none of.
 */
export const isThisMachine = ({ hostname }: URL): boolean =>
  hostname === "localhost" ||
  hostname === "[::1]" ||
  /^127(?:\.\d+){3}$/.test(hostname) ||
  /\.(?:localhost|test)$/.test(hostname);

/** An https URL, or an http one of this very machine, where a simulator may be; without a user name or password, which could disguise the host. */
export function webUrl(text: unknown): URL | undefined {
  if (typeof text !== "string" || !URL.canParse(text)) return undefined;
  const url = new URL(text);
  const isSafe = url.protocol === "https:" || (url.protocol === "http:" && isThisMachine(url));
  return isSafe && url.username === "" && url.password === "" ? url : undefined;
}

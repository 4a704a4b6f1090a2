/**
 * Whether a URL's host is this very machine, where plain http does no harm: `localhost`, a loopback address, or a name that
 * ends in `.localhost` or `.test`, which the internet has none of.
 */
export const isThisMachine = ({ hostname }: URL): boolean =>
  hostname === "localhost" ||
  hostname === "[::1]" ||
  /^127(?:\.\d+){3}$/.test(hostname) ||
  /\.(?:localhost|test)$/.test(hostname);

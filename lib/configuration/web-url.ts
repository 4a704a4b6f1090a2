const isLocal = ({ hostname }: URL): boolean =>
  hostname === "localhost" ||
  hostname === "[::1]" ||
  hostname.startsWith("127.") ||
  /\.(localhost|test)$/.test(hostname);

/** An https URL, or an http one of this very machine. */
export function webUrl(value: unknown): URL | undefined {
  if (typeof value !== "string" || !URL.canParse(value)) return undefined;
  const url = new URL(value);
  const isSafe = url.protocol === "https:" || (url.protocol === "http:" && isLocal(url));
  return isSafe && url.username === "" && url.password === "" ? url : undefined;
}

/** Writes to standard output; `done` is called once it is out. */
export type Write = (text: string, done?: () => void) => void;

/**
 * Keeps standard output for what is written with the answer. All else that this process writes there from now on goes to standard error:
 * what the shop's own modules print, and what their loggers do. What writes to file descriptor 1 itself cannot be kept away.
 */
export function keepStandardOutput(): Write {
  const { stdout, stderr } = process;
  const write = stdout.write.bind(stdout);
  // A pino that is made from here on writes through this: it leaves the file descriptor alone where `write` is not the stream's own.
  stdout.write = stderr.write.bind(stderr);
  return (text, done) => void write(text, done);
}

/** How long what a crash has left may take to come to an end, in milliseconds. Some of it never does. */
const PATIENCE = 1000;

export const pause = (ms: number): Promise<void> => new Promise((resolve) => setTimeout(resolve, ms));

/** Waits until all of these are answered or refused, but not for long. */
export const settledOrLeft = async (steps: readonly Promise<unknown>[], ms = PATIENCE): Promise<void> => {
  let timer: ReturnType<typeof setTimeout> | undefined;
  const over = new Promise<void>((resolve) => {
    timer = setTimeout(resolve, ms);
  });
  try {
    await Promise.race([Promise.allSettled(steps), over]);
  } finally {
    clearTimeout(timer);
  }
};

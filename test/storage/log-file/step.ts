/** Does a step at once; what it throws becomes a rejection. */
export const step = <T>(work: () => T): Promise<T> =>
  new Promise((resolve) => {
    resolve(work());
  });

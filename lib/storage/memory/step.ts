/** Runs at once; what is thrown becomes a rejection, as with any other storage. */
export const step = <T>(action: () => T): Promise<T> =>
  new Promise((resolve) => {
    resolve(action());
  });

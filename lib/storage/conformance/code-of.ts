/** The code of what a step is refused with, or what that is if it bears none; undefined if it is not refused. A step may throw as well as reject. */
export const codeOf = async (step: () => Promise<unknown>): Promise<unknown> => {
  try {
    await step();
    return undefined;
  } catch (error) {
    return typeof error === "object" && error !== null && "code" in error ? error.code : error;
  }
};

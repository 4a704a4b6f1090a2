/** What a test waits for until it is opened. */
export interface Gate {
  readonly open: () => void;
  readonly passed: Promise<void>;
}

export const gate = (): Gate => {
  let open = (): void => undefined;
  const passed = new Promise<void>((resolve) => {
    open = resolve;
  });
  return {
    open: () => {
      open();
    },
    passed,
  };
};

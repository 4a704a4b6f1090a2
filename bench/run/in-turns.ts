/** Does something with each of several, first to last, then last to first, and so on, so that whatever else the machine does meets all of them. */
export async function inTurns<T>(
  all: readonly T[],
  rounds: number,
  turn: (each: T, index: number) => Promise<void>,
): Promise<void> {
  const forth = [...all.entries()];
  const back = [...forth].reverse();
  for (let round = 0; round < rounds; round++) {
    for (const [index, each] of round % 2 === 0 ? forth : back) await turn(each, index);
  }
}

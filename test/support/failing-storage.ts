import { setTimeout as wait } from "node:timers/promises";
import type { Transport } from "../../lib/gateway/transport.js";
import { memoryStorage } from "../../lib/storage/memory.js";
import type { Storage } from "../../lib/storage/storage.js";

/** A storage whose payments can be neither read nor changed while it fails. */
export interface FailingStorage {
  readonly storage: Storage;
  /** Each step rejects with the error from now on, after so many milliseconds. */
  fail(error: Error, after?: number): void;
  /** The same as soon as Antom has answered a call whose path ends so. */
  failAt(path: string, error: Error, after?: number): void;
  mend(): void;
  /** A transport over another, by which it is known when Antom has answered. */
  readonly heard: (own: Transport) => Transport;
}

export function failingStorage(): FailingStorage {
  const memory = memoryStorage();
  const [get, commit] = [memory.get.bind(memory), memory.commit.bind(memory)];
  let trouble: { readonly error: Error; readonly after: number } | undefined;
  let fatal: { readonly path: string; readonly error: Error; readonly after: number } | undefined;

  const unlessFailing = async <T>(step: () => Promise<T>): Promise<T> => {
    if (trouble === undefined) return step();
    const { error, after } = trouble;
    await wait(after);
    throw error;
  };
  return {
    storage: Object.assign(memory, {
      get: (id: string) => unlessFailing(() => get(id)),
      commit: (change: Parameters<Storage["commit"]>[0]) => unlessFailing(() => commit(change)),
    }),
    fail(error, after = 0) {
      trouble = { error, after };
    },
    failAt(path, error, after = 0) {
      fatal = { path, error, after };
    },
    mend() {
      [trouble, fatal] = [undefined, undefined];
    },
    heard: (own) => async (request) => {
      const answer = await own(request);
      if (fatal !== undefined && request.url.pathname.endsWith(fatal.path)) trouble = fatal;
      return answer;
    },
  };
}

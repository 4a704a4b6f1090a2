import type { Transport } from "../../lib/gateway/transport.js";
import type { Storage } from "../../lib/storage/storage.js";

/** When a life ends: at its nth call of a port, before that has any effect or after it has had it. */
export interface Death {
  readonly at: number;
  readonly side: "before" | "after";
}

/** What a process does by its ports until it dies; from then on nothing it asked for is answered, and nothing it asks for happens. */
export interface Life {
  storage(real: Storage): Storage;
  transport(real: Transport): Transport;
  /** Counts calls from here on, and ends the life as agreed. */
  meet(death: Death): void;
  /** It is not to die after all. */
  spare(): void;
  end(): void;
  readonly isOver: boolean;
  /** Resolves when the life has ended. */
  readonly over: Promise<void>;
}

const forever = new Promise<never>(() => undefined);

export function createLife(onDeath: () => void = () => undefined): Life {
  let isOver = false;
  let awaited: Death | undefined;
  let count = 0;
  let resolveOver = (): void => undefined;
  const over = new Promise<void>((resolve) => {
    resolveOver = resolve;
  });
  const end = (): void => {
    if (isOver) return;
    isOver = true;
    onDeath();
    resolveOver();
  };

  const isDead = (): boolean => isOver;

  const living = async <T>(call: () => Promise<T>): Promise<T> => {
    if (isDead()) return forever;
    const nth = count++;
    const meets = (side: Death["side"]): boolean => awaited?.at === nth && awaited.side === side;
    if (meets("before")) end();
    if (isDead()) return forever;
    const result = await call();
    if (meets("after")) end();
    return isDead() ? forever : result;
  };

  /** Every function of a port, and of what hangs on it. */
  const mortal = <T extends object>(port: T): T =>
    new Proxy(port, {
      get(target, name) {
        const member: unknown = Reflect.get(target, name, target);
        if (typeof member === "function") {
          return (...args: unknown[]): unknown => {
            const call = (): Promise<unknown> => Promise.resolve(Reflect.apply(member, target, args));
            // The file is closed for good when its process is gone, whatever it was doing.
            return name === "stop" ? call() : living(call);
          };
        }
        return typeof member === "object" && member !== null ? mortal(member) : member;
      },
    });

  return {
    storage: mortal,
    transport: (real) => (request) => living(() => real(request)),
    meet(death) {
      awaited = death;
      count = 0;
    },
    spare() {
      awaited = undefined;
    },
    end,
    get isOver() {
      return isOver;
    },
    over,
  };
}

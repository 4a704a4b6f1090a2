import type { Clock } from "../ports.js";

/** A rush is over when for so long there were never that many, in milliseconds. */
export const RUSH_LASTS = 100;

/** So many notifications in hand at once are a rush, unless the shop says otherwise. */
export const RUSH_AT = 16;

/**
 * Whether verified notifications come in faster than this process takes them in whole. Then each is only written down before it is acknowledged, and
 * the worker gives way, so that a flood (Antom sends again everything it could not deliver while the shop was away) does not keep Antom waiting
 * until it sends it all once more.
 */
export interface Rush {
  /** One more is in hand, until `leave`. */
  enter(): void;
  leave(): void;
  isOn(): boolean;
}

/** @param at so many in hand at once are a rush */
export function createRush(clock: Clock, at = RUSH_AT, onBegin: () => void = () => undefined): Rush {
  let inHand = 0;
  let most = 0;
  let isOn = false;

  const watch = (): void => {
    clock.after(RUSH_LASTS, () => {
      isOn = most >= at;
      most = inHand;
      if (isOn) watch();
    });
  };

  return {
    enter() {
      inHand++;
      most = Math.max(most, inHand);
      if (isOn || inHand < at) return;
      isOn = true;
      watch();
      onBegin();
    },
    leave() {
      inHand--;
    },
    isOn: () => isOn,
  };
}

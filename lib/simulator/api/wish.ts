import type { AuthenticationWish } from "../card/decide.js";
import type { Settings } from "../options.js";
import type { CardMetaData } from "./schema/pay.js";
import { isSet } from "./schema/shapes.js";

/** The documents' prose has the upgrade under a second name; an orchestration account has none. */
export function wishOf(data: CardMetaData, { account }: Settings): AuthenticationWish {
  const upgrade = data.enableAuthenticationUpgrade ?? data.enableAuthenticationUpgrate ?? true;
  return {
    required: isSet(data.is3DSAuthentication),
    upgrade: account === "antom" && (upgrade === "" || isSet(upgrade)),
    merchantInitiated: data.recurringType !== undefined && data.recurringType !== "",
  };
}

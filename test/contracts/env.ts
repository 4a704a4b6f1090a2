import { flag, members, oneOf, text, whole, type Kind } from "./shape.js";
import { go, pages, plugin, SAMPLES } from "./sources.js";

const PLUGIN = plugin("Antom_Order_Env_Model");
const FULL = [SAMPLES, go("Env"), PLUGIN] as const;
const BROWSER = [SAMPLES, go("BrowserInfo"), PLUGIN] as const;

/** The environment the buyer pays in. Numbers and flags are native, as in the documents' samples. */
export const env: Kind = members({
  terminalType: { is: oneOf("WEB", "WAP", "APP", "MINI_APP"), required: true, seen: FULL },
  osType: { is: oneOf("IOS", "ANDROID"), seen: FULL },
  clientIp: { is: text(64), seen: FULL },
  deviceTokenId: { is: text(64), seen: [go("Env"), PLUGIN] },
  // The sample's deviceId has 64 characters; no page gives a limit, the plugin does.
  deviceId: { is: text(64), seen: FULL },
  deviceBrand: { is: text(64), seen: [go("Env"), PLUGIN] },
  deviceModel: { is: text(128), seen: [go("Env"), PLUGIN] },
  deviceLanguage: { is: text(32), seen: FULL },
  osVersion: { is: text(64), seen: [pages("pay: env")] },
  browserInfo: {
    is: members({
      acceptHeader: { is: text(2048), seen: BROWSER },
      javaEnabled: { is: flag, seen: BROWSER },
      javaScriptEnabled: { is: flag, seen: BROWSER },
      language: { is: text(32), seen: BROWSER },
      userAgent: { is: text(2048), seen: BROWSER },
    }),
    seen: [SAMPLES, go("Env")],
  },
  colorDepth: { is: oneOf(1, 4, 8, 15, 16, 24, 30, 32, 48), seen: [...FULL, pages("pay: env")] },
  screenHeight: { is: whole(1, 1_000_000), seen: FULL },
  screenWidth: { is: whole(1, 1_000_000), seen: FULL },
  timeZoneOffset: { is: whole(-720, 720), seen: [...FULL, pages("pay: env")] },
  extendInfo: { is: text(2048), seen: [go("Env"), PLUGIN] },
});

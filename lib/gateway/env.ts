import type { DeviceEnvironment } from "../payment/order.js";
import { compact } from "./wire.js";

/** What the kit's browser script tells of the buyer's browser. Each is a hint for Antom's risk control and may be absent. */
export interface BrowserDetails {
  readonly colorDepth?: number;
  readonly screenHeight?: number;
  readonly screenWidth?: number;
  /** Minutes, with the sign of `Date.prototype.getTimezoneOffset`: UTC+2 is -120. */
  readonly timeZoneOffset?: number;
  readonly language?: string;
  readonly javaEnabled?: boolean;
  readonly javaScriptEnabled?: boolean;
}

/** Where the buyer sits: from the request, and from the browser script where it ran. */
export interface BuyerEnvironment {
  readonly clientIp?: string;
  readonly userAgent?: string;
  readonly acceptHeader?: string;
  readonly browser?: BrowserDetails;
}

/** `env` of a pay request: what the shop knows of the device goes before what the request and the browser tell. (Antom: pay, Env) */
export function env(environment: BuyerEnvironment, device: DeviceEnvironment = {}): Record<string, unknown> {
  const { clientIp, userAgent, acceptHeader, browser = {} } = environment;
  const { language, javaEnabled, javaScriptEnabled, timeZoneOffset, colorDepth, ...screen } = browser;
  // An app has no browser: what it sends its shop's server says nothing of the buyer.
  const headers = device.terminalType === "APP" && environment.browser === undefined ? {} : { acceptHeader, userAgent };
  const browserInfo = compact({ ...headers, javaEnabled, javaScriptEnabled, language });
  const { terminalType, osType } = terminal(userAgent);
  return compact({
    terminalType,
    osType,
    clientIp,
    deviceLanguage: language,
    ...screen,
    colorDepth: colorDepth !== undefined && COLOR_DEPTHS.includes(colorDepth) ? colorDepth : undefined,
    // Antom takes no more than twelve hours; New Zealand's summer has thirteen, and is left out rather than refused.
    timeZoneOffset: timeZoneOffset === undefined || Math.abs(timeZoneOffset) > 720 ? undefined : timeZoneOffset,
    browserInfo: Object.keys(browserInfo).length === 0 ? undefined : browserInfo,
    ...device,
  });
}

/** The depths Antom takes, in bits. A browser may report others, which is no reason to refuse its buyer. (Antom: pay, Env.colorDepth) */
const COLOR_DEPTHS: readonly number[] = [1, 4, 8, 15, 16, 24, 30, 32, 48];

/** WAP is a browser on a phone, for which Antom also wants the system. */
function terminal(userAgent = ""): Pick<DeviceEnvironment, "terminalType" | "osType"> {
  if (/Android.*Mobile/i.test(userAgent)) return { terminalType: "WAP", osType: "ANDROID" };
  if (/iPhone|iPod/i.test(userAgent)) return { terminalType: "WAP", osType: "IOS" };
  return { terminalType: "WEB" };
}

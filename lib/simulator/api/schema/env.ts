import type { SchemaObject } from "ajv";
import { flag, text, whole } from "./shapes.js";

const COLOR_DEPTHS = [1, 4, 8, 15, 16, 24, 30, 32, 48];

/** `env` of a pay or consult request. */
export const env: SchemaObject = {
  type: "object",
  required: ["terminalType"],
  properties: {
    terminalType: { enum: ["WEB", "WAP", "APP", "MINI_APP"] },
    osType: { enum: ["IOS", "ANDROID"] },
    clientIp: text(64),
    deviceTokenId: text(64),
    deviceId: text(2048),
    deviceLanguage: text(32),
    deviceBrand: text(64),
    deviceModel: text(128),
    userAgent: text(2048),
    extendInfo: text(2048),
    colorDepth: { enum: [...COLOR_DEPTHS, ...COLOR_DEPTHS.map(String)] },
    screenHeight: whole(1, 999_999),
    screenWidth: whole(1, 999_999),
    timeZoneOffset: whole(-720, 720),
    browserInfo: {
      type: "object",
      properties: {
        acceptHeader: text(2048),
        javaEnabled: flag,
        javaScriptEnabled: flag,
        language: text(32),
        userAgent: text(2048),
      },
    },
  },
};

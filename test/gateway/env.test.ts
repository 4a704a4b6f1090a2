import { expect } from "chai";
import { env } from "../../lib/gateway/env.js";

const IPHONE = "Mozilla/5.0 (iPhone; CPU iPhone OS 17_0 like Mac OS X) AppleWebKit/605.1.15 Mobile/15E148 Safari/604.1";
const ANDROID = "Mozilla/5.0 (Linux; Android 14; Pixel 8) AppleWebKit/537.36 Chrome/120.0 Mobile Safari/537.36";
const TABLET = "Mozilla/5.0 (Linux; Android 14; Tab S9) AppleWebKit/537.36 Chrome/120.0 Safari/537.36";
const DESKTOP = "Mozilla/5.0 (X11; Linux x86_64; rv:120.0) Gecko/20100101 Firefox/120.0";

describe("env", () => {
  it("makes the documents' env of what a browser tells", () => {
    expect(
      env({
        clientIp: "112.80.248.78",
        userAgent: "Chrome/100",
        acceptHeader: "*/*",
        browser: {
          javaEnabled: true,
          javaScriptEnabled: true,
          language: "zh_CN",
          colorDepth: 48,
          screenHeight: 768,
          screenWidth: 1024,
          timeZoneOffset: 1,
        },
      }),
    ).to.deep.equal({
      browserInfo: {
        acceptHeader: "*/*",
        javaEnabled: true,
        javaScriptEnabled: true,
        language: "zh_CN",
        userAgent: "Chrome/100",
      },
      terminalType: "WEB",
      clientIp: "112.80.248.78",
      deviceLanguage: "zh_CN",
      colorDepth: 48,
      screenHeight: 768,
      screenWidth: 1024,
      timeZoneOffset: 1,
    });
  });

  it("tells what the headers tell where the script did not run", () => {
    expect(env({ clientIp: "::1", userAgent: DESKTOP, acceptHeader: "text/html" })).to.deep.equal({
      terminalType: "WEB",
      clientIp: "::1",
      browserInfo: { acceptHeader: "text/html", userAgent: DESKTOP },
    });
  });

  it("keeps noughts and noes", () => {
    expect(env({ browser: { timeZoneOffset: 0, javaEnabled: false } })).to.deep.equal({
      terminalType: "WEB",
      timeZoneOffset: 0,
      browserInfo: { javaEnabled: false },
    });
  });

  for (const [what, userAgent, expected] of [
    ["an iPhone", IPHONE, { terminalType: "WAP", osType: "IOS" }],
    ["an Android phone", ANDROID, { terminalType: "WAP", osType: "ANDROID" }],
    ["an Android tablet", TABLET, { terminalType: "WEB" }],
    ["a desktop", DESKTOP, { terminalType: "WEB" }],
    ["who knows what", "", { terminalType: "WEB" }],
  ] as const) {
    it(`tells the terminal of ${what}`, () => {
      const { browserInfo: _info, ...terminal } = env({ userAgent });
      expect(terminal).to.deep.equal(expected);
    });
  }

  it("tells nothing but the terminal where nothing is known", () => {
    expect(env({})).to.deep.equal({ terminalType: "WEB" });
  });

  it("leaves out a time zone Antom has no room for, rather than the payment", () => {
    for (const timeZoneOffset of [-840, -721, 721]) {
      expect(env({ browser: { timeZoneOffset } }), String(timeZoneOffset)).to.deep.equal({ terminalType: "WEB" });
    }
    for (const timeZoneOffset of [-720, 720]) {
      expect(env({ browser: { timeZoneOffset } })).to.deep.equal({ terminalType: "WEB", timeZoneOffset });
    }
  });

  describe("of a device that the shop knows", () => {
    const HEADERS = { clientIp: "112.80.248.78", userAgent: "okhttp/4", acceptHeader: "*/*" };

    it("is what the shop says, before what the request and the browser say", () => {
      const device = { terminalType: "WEB", osType: "ANDROID", clientIp: "1.2.3.4", deviceLanguage: "ko" } as const;
      expect(env({ ...HEADERS, userAgent: IPHONE, browser: { language: "en" } }, device)).to.deep.equal({
        ...device,
        browserInfo: { acceptHeader: "*/*", userAgent: IPHONE, language: "en" },
      });
    });

    it("has nothing of the headers an app sends its shop's server, but where it comes from", () => {
      const device = { terminalType: "APP", osType: "IOS", deviceId: "d" } as const;
      expect(env(HEADERS, device)).to.deep.equal({ ...device, clientIp: HEADERS.clientIp });
    });

    it("has them where the app shows the shop's page, whose script told of its browser", () => {
      const device = { terminalType: "APP", osType: "IOS" } as const;
      expect(env(HEADERS, { ...device })).not.to.have.property("browserInfo");
      expect(env({ ...HEADERS, browser: { javaEnabled: true } }, device)["browserInfo"]).to.deep.equal({
        acceptHeader: "*/*",
        userAgent: "okhttp/4",
        javaEnabled: true,
      });
    });

    it("has them in a mini app, which is shown by a browser", () => {
      expect(env(HEADERS, { terminalType: "MINI_APP" })["browserInfo"]).to.deep.equal({
        acceptHeader: "*/*",
        userAgent: "okhttp/4",
      });
    });
  });

  it("leaves out a colour depth Antom does not know, which is no reason to refuse the buyer", () => {
    expect(env({ browser: { colorDepth: 12 } })).not.to.have.property("colorDepth");
    expect(env({ browser: { colorDepth: 30 } })).to.include({ colorDepth: 30 });
  });
});

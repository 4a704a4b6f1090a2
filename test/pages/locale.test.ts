import { expect } from "chai";
import { chooseLocale, isLocale } from "../../lib/pages/locale.js";

describe("chooseLocale", () => {
  const cases: readonly (readonly [string | undefined, string])[] = [
    [undefined, "en"],
    ["", "en"],
    ["ko", "ko"],
    ["ko-KR,ko;q=0.9,en-US;q=0.8,en;q=0.7", "ko"],
    ["zh-CN", "zh"],
    ["zh-TW,zh;q=0.9", "zh"],
    ["zh-Hant-HK", "zh"],
    ["ko_KR", "ko"],
    ["zh_CN", "zh"],
    ["zh_Hans-CN", "zh"],
    ["ZH-cn", "zh"],
    ["en;q=0.1, ko;q=0.2, zh;q=0.9", "zh"],
    ["fr-FR, ko;q=0.3, zh;q=0.3", "ko"],
    ["de, fr", "en"],
    ["de, ko;q=0", "en"],
    ["*", "en"],
    ["*;q=0.5, ko;q=0.4", "en"],
    ["*;q=0.1, ko;q=0.4", "ko"],
    [" ko ; q=0.8 , en ; q=0.4 ", "ko"],
    ["ko;q=2, zh;q=0.1", "zh"],
    ["ko;q=nonsense, zh;q=0.1", "zh"],
    ["kok-IN", "en"],
    ["kok_IN", "en"],
    ["ko_", "en"],
    ["zhx", "en"],
    ["<script>, ko", "ko"],
    [";;;,,,=", "en"],
  ];

  for (const [header, locale] of cases) {
    it(`reads ${JSON.stringify(header ?? "no header")} as ${locale}`, () => {
      expect(chooseLocale(header)).to.equal(locale);
    });
  }

  it("does not read past what a browser would send", () => {
    expect(chooseLocale(`${"de,".repeat(400)}ko`)).to.equal("en");
  });

  it("answers at once for a header made to be slow", () => {
    const started = performance.now();
    chooseLocale(`${"a-".repeat(4_000_000)}!`);
    expect(performance.now() - started).to.be.below(500);
  });
});

describe("isLocale", () => {
  it("knows the pages' languages and nothing else", () => {
    expect(["en", "zh", "ko"].every(isLocale)).to.equal(true);
    expect(["", "EN", "zh-CN", "toString"].some(isLocale)).to.equal(false);
  });
});

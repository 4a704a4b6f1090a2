/** The languages of the buyer's pages. */
export const LOCALES = ["en", "zh", "ko"] as const;
export type Locale = (typeof LOCALES)[number];

export const DEFAULT_LOCALE: Locale = "en";

/** What a page declares in `lang`: the Chinese texts are written in simplified characters. */
export const LANGUAGE_TAGS: Readonly<Record<Locale, string>> = { en: "en", zh: "zh-Hans", ko: "ko" };

/** Longer headers are read only this far: browsers send less than a hundred characters. */
const MAX_LENGTH = 512;
const RANGE = /^([a-z]{1,8}|\*)(?:[-_][a-z0-9]{1,8})*$/i;
const QUALITY = /^q=(0(?:\.\d{0,3})?|1(?:\.0{0,3})?)$/i;

export const isLocale = (value: string): value is Locale => LOCALES.some((locale) => locale === value);

interface Preference {
  readonly language: string;
  readonly quality: number;
}

const preference = (item: string): Preference | undefined => {
  const [range = "", ...parameters] = item.split(";").map((part) => part.trim());
  const language = RANGE.exec(range)?.[1];
  if (language === undefined) return undefined;
  const parameter = parameters[0];
  const quality = parameter === undefined ? "1" : QUALITY.exec(parameter)?.[1];
  return quality === undefined ? undefined : { language: language.toLowerCase(), quality: Number(quality) };
};

/**
 * The language a buyer reads best, from the request's Accept-Language (RFC 9110, 12.5.4): the highest quality wins, the
 * first of equals; regions and scripts are ignored, so zh-CN, zh_CN, zh-TW and zh-Hant are all zh. English where nothing fits.
 */
export const chooseLocale = (acceptLanguage: string | undefined): Locale => {
  let best: { locale: Locale; quality: number } = { locale: DEFAULT_LOCALE, quality: 0 };
  for (const item of (acceptLanguage ?? "").slice(0, MAX_LENGTH).split(",")) {
    const { language, quality } = preference(item) ?? { language: "", quality: 0 };
    const locale = language === "*" ? DEFAULT_LOCALE : language;
    if (isLocale(locale) && quality > best.quality) best = { locale, quality };
  }
  return best.locale;
};

const CODES = [
  ..."AT AU BE BR CA CH CL CN CO CZ DE DK ES FI FR GB GR HK HU ID IE IN IT JP KR".split(" "),
  ..."LU MX MY NL NO NZ PE PH PL PT RO SE SG TH TR TW US VN ZA".split(" "),
];

const NAMES = new Intl.DisplayNames("en", { type: "region" });

/** The name of a country by its two letters; the letters where nobody knows it. */
export function countryName(code: string): string {
  try {
    return NAMES.of(code) ?? code;
  } catch {
    return code;
  }
}

/** Where cards of this shop's buyers are billed to, by name. */
export const COUNTRIES: readonly { readonly code: string; readonly name: string }[] = CODES.map((code) => ({
  code,
  name: countryName(code),
})).sort((a, b) => a.name.localeCompare(b.name, "en"));

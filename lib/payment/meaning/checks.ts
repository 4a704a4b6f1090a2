import { avsCheck, type AvsCheck } from "./avs.js";
import { cvvCheck, type CvvCheck } from "./cvv.js";
import type { PaymentResultInfo } from "../result-info.js";
import { exemption, threeDSCheck, type CodeMeaning, type ThreeDSCheck } from "./three-ds.js";

/** What the checks of the card said, in words. Each is there only where Antom told of it. */
export interface Checks {
  readonly avs?: AvsCheck;
  readonly cvv?: CvvCheck;
  readonly threeDS?: ThreeDSCheck;
  /** The exemption from authentication that was asked for (`exemptionRequested`). */
  readonly exemptionRequested?: CodeMeaning;
}

/** What a payment's checks said; undefined where Antom told of none. */
export function checksOf(info: PaymentResultInfo | undefined): Checks | undefined {
  if (info === undefined) return undefined;
  const threeDS = threeDSCheck(info.threeDSResult);
  const checks = {
    ...(info.avsResultRaw === undefined ? {} : { avs: avsCheck(info.avsResultRaw) }),
    ...(info.cvvResultRaw === undefined ? {} : { cvv: cvvCheck(info.cvvResultRaw) }),
    ...(threeDS === undefined ? {} : { threeDS }),
    ...(info.exemptionRequested === undefined ? {} : { exemptionRequested: exemption(info.exemptionRequested) }),
  };
  return Object.keys(checks).length === 0 ? undefined : checks;
}

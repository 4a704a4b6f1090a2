import { expect } from "chai";
import { REMEDY_ACTIONS, REMEDY_CODES, remedyOf } from "../../../lib/payment/meaning/remedy.js";
import type { OperationKind } from "../../../lib/payment/operation.js";
import { judgementOf } from "../../../lib/payment/meaning/result-code.js";
import { page, rowsIn, section } from "../../docs/pages.js";

const words = (text: string): string[] => text.trim().split(/\s+/);

/** Every documented code of each operation, by hand from Antom's tables. */
const DOCUMENTED: Readonly<Record<OperationKind, readonly string[]>> = {
  capture: words(`
    SUCCESS CAPTURE_IN_PROCESS UNKNOWN_EXCEPTION ACCESS_DENIED AUTH_NOT_FOUND MULTI_CAPTURE_NOT_SUPPORTED AUTH_CANCELLED AUTH_EXPIRED
    CAPTURE_AMOUNT_EXCEED_AUTH_LIMIT ORDER_IS_CANCELED ORDER_STATUS_INVALID PARAM_ILLEGAL REPEAT_REQ_INCONSISTENT PROCESS_FAIL
    CURRENCY_NOT_SUPPORT INVALID_CONTRACT NO_PAY_OPTIONS PAYMENT_COUNT_EXCEED_LIMIT RISK_REJECT USER_AMOUNT_EXCEED_LIMIT
    USER_BALANCE_NOT_ENOUGH USER_NOT_EXIST USER_STATUS_ABNORMAL`),
  void: words(`
    SUCCESS CANCEL_WINDOW_EXCEED ORDER_NOT_EXIST ORDER_STATUS_INVALID ACCESS_DENIED CLIENT_INVALID PROCESS_FAIL PARAM_ILLEGAL
    UNKNOWN_EXCEPTION REQUEST_TRAFFIC_EXCEED_LIMIT`),
  // inquiryRefund's own are REFUND_NOT_EXIST and ORDER_NOT_EXIST.
  refund: words(`
    SUCCESS REFUND_IN_PROCESS UNKNOWN_EXCEPTION REQUEST_TRAFFIC_EXCEED_LIMIT REFUND_AMOUNT_EXCEED REFUND_WINDOW_EXCEED
    ORDER_STATUS_INVALID ORDER_NOT_EXIST ORDER_IS_CANCELED ORDER_IS_CLOSED MERCHANT_BALANCE_NOT_ENOUGH PARTIAL_REFUND_NOT_SUPPORTED
    MULTIPLE_REFUNDS_NOT_SUPPORTED PAYMENT_METHOD_NOT_SUPPORTED CURRENCY_NOT_SUPPORT REPEAT_REQ_INCONSISTENT ACCESS_DENIED
    INVALID_MERCHANT_STATUS KEY_NOT_FOUND RISK_REJECT PROCESS_FAIL SYSTEM_ERROR REFUND_NOT_EXIST`),
  increase: words("SUCCESS INCREMENTAL_NOT_SUPPORT"),
};

/** The codes of all APIs, by hand from "API fundamentals"; and one that three of the four operations have. */
const DOCUMENTED_FOR_ANY = words(`
  SUCCESS INVALID_SIGNATURE SIGNATURE_INVALID KEY_NOT_FOUND CLIENT_INVALID INVALID_CLIENT UNKNOWN_CLIENT INVALID_CLIENT_STATUS
  CLIENT_FORBIDDEN_ACCESS_API ACCESS_DENIED PARAM_ILLEGAL INVALID_API NO_INTERFACE_DEF METHOD_NOT_SUPPORTED MEDIA_TYPE_NOT_ACCEPTABLE
  OAUTH_FAILED PAYMENT_NOT_QUALIFIED INVALID_CONTRACT PROCESS_FAIL SYSTEM_ERROR REPEAT_REQ_INCONSISTENT ORDER_IS_CLOSED ORDER_IS_CANCELED
  ORDER_IS_CANCELLED ORDER_NOT_EXIST REQUEST_TRAFFIC_EXCEED_LIMIT UNKNOWN_EXCEPTION ORDER_STATUS_INVALID`);

const KINDS = ["capture", "void", "refund", "increase"] as const;

describe("remedyOf", () => {
  for (const kind of KINDS) {
    it(`knows each documented code of ${kind}`, () => {
      const unknown = DOCUMENTED[kind].filter(
        (code) => !REMEDY_CODES[kind].includes(code) && !REMEDY_CODES.any.includes(code),
      );
      expect(unknown).to.deep.equal([]);
    });

    it(`has no code of ${kind} that no document has`, () => {
      const known = [...DOCUMENTED[kind], ...DOCUMENTED_FOR_ANY];
      expect(REMEDY_CODES[kind].filter((code) => !known.includes(code))).to.deep.equal([]);
    });

    it(`says of each code of ${kind} what to do, in a sentence or two`, () => {
      for (const code of [...DOCUMENTED[kind], ...DOCUMENTED_FOR_ANY, undefined]) {
        const { action, sentence } = remedyOf(kind, code);
        expect(REMEDY_ACTIONS, code).to.include(action);
        expect(sentence, code).to.match(/^[A-Z][^|`\n]{10,159}\.$/);
      }
    });
  }

  it("knows the codes of all APIs, and no other, for every operation", () => {
    expect(REMEDY_CODES.any).to.have.members(DOCUMENTED_FOR_ANY);
  });

  it("has a code for each of its actions but those that the kit itself suggests", () => {
    const used = KINDS.flatMap((kind) => DOCUMENTED[kind].map((code) => remedyOf(kind, code).action));
    expect([...new Set([...used, "fix_settings", "capture_full", "refund_instead"])]).to.have.members(REMEDY_ACTIONS);
  });

  const documented: readonly (readonly [OperationKind, code: string, action: string])[] = [
    ["capture", "AUTH_EXPIRED", "new_payment"],
    ["capture", "AUTH_CANCELLED", "new_payment"],
    ["capture", "ORDER_IS_CANCELED", "check_payment"],
    ["capture", "ORDER_IS_CLOSED", "check_payment"],
    ["capture", "USER_BALANCE_NOT_ENOUGH", "void_instead"],
    ["capture", "USER_AMOUNT_EXCEED_LIMIT", "void_instead"],
    ["capture", "CAPTURE_AMOUNT_EXCEED_AUTH_LIMIT", "void_instead"],
    ["capture", "AUTH_NOT_FOUND", "contact_antom"],
    ["capture", "MULTI_CAPTURE_NOT_SUPPORTED", "contact_antom"],
    ["capture", "ORDER_STATUS_INVALID", "check_payment"],
    ["capture", "PARAM_ILLEGAL", "fix_request"],
    ["capture", "PROCESS_FAIL", "contact_antom"],
    ["capture", "CAPTURE_IN_PROCESS", "wait"],
    ["void", "CANCEL_WINDOW_EXCEED", "check_payment"],
    ["void", "PROCESS_FAIL", "check_payment"],
    ["refund", "REFUND_IN_PROCESS", "wait"],
    ["refund", "REFUND_AMOUNT_EXCEED", "lower_amount"],
    ["refund", "REFUND_WINDOW_EXCEED", "refund_otherwise"],
    ["refund", "ORDER_STATUS_INVALID", "check_payment"],
    ["refund", "ORDER_IS_CANCELED", "check_payment"],
    ["refund", "MERCHANT_BALANCE_NOT_ENOUGH", "top_up_balance"],
    ["refund", "PARTIAL_REFUND_NOT_SUPPORTED", "refund_full"],
    ["refund", "SYSTEM_ERROR", "contact_antom"],
    ["increase", "INCREMENTAL_NOT_SUPPORT", "new_payment"],
    ["increase", "KEY_NOT_FOUND", "fix_settings"],
    ["increase", "UNKNOWN_EXCEPTION", "wait"],
  ];
  for (const [kind, code, action] of documented) {
    it(`advises ${action} after ${code} of ${kind}`, () => {
      expect(remedyOf(kind, code).action).to.equal(action);
    });
  }

  it("says of a void that is too late that the hold ends by itself, and that captured money can be refunded", () => {
    const { sentence } = remedyOf("void", "CANCEL_WINDOW_EXCEED");
    expect(sentence)
      .to.match(/bank lets go by itself, when the hold ends/)
      .and.to.match(/captured can be refunded/);
  });

  it("begins with what a card's refusal means where the operation's own table has nothing", () => {
    const { action, sentence } = remedyOf("increase", "USER_BALANCE_NOT_ENOUGH");
    expect(action).to.equal(remedyOf("increase", undefined).action);
    expect(sentence).to.equal(
      `${judgementOf("USER_BALANCE_NOT_ENOUGH").meaning} ${remedyOf("increase", undefined).sentence}`,
    );
    expect(remedyOf("capture", "DO_NOT_HONOR").sentence)
      .to.match(/^The bank refused, without a reason\. Nothing was captured\. /)
      .and.not.to.contain("documented");
  });

  it("knows nothing of other codes, whatever every object has", () => {
    for (const kind of KINDS) {
      for (const code of ["", "SOMETHING_NEW", "auth_expired", "constructor", "__proto__"]) {
        expect(remedyOf(kind, code), code).to.deep.equal(remedyOf(kind, undefined));
      }
    }
  });
});

describe("docs/remedies.md", () => {
  const remedies = "docs/remedies.md";
  const rows = (heading: string): string[][] => rowsIn(section(page(remedies), heading)).slice(1);
  const told = (kind: OperationKind, code: string | undefined): string[] => {
    const { action, sentence } = remedyOf(kind, code);
    return [`\`${action}\``, sentence];
  };
  const unquoted = (cell: string): string => cell.replaceAll("`", "");

  for (const kind of KINDS) {
    it(`prints each code of ${kind} as it is judged, and the rest`, () => {
      const printed = rows(kind.charAt(0).toUpperCase() + kind.slice(1));
      const [rest = []] = printed.splice(-1);
      expect(printed.map(([code = ""]) => unquoted(code))).to.deep.equal([...REMEDY_CODES[kind]].sort());
      for (const [code = "", ...row] of printed) expect(row, code).to.deep.equal(told(kind, unquoted(code)));
      expect(rest).to.deep.equal(["any other, or none", ...told(kind, undefined)]);
    });
  }

  it("prints the codes of every operation, as each of them takes it that has no line of its own", () => {
    const printed = rows("Every operation");
    expect(printed.map(([code = ""]) => unquoted(code))).to.deep.equal([...REMEDY_CODES.any].sort());
    for (const [cell = "", ...row] of printed) {
      const code = unquoted(cell);
      const kinds = KINDS.filter((kind) => !REMEDY_CODES[kind].includes(code));
      expect(kinds, code).not.to.deep.equal([]);
      for (const kind of kinds) expect(row, code).to.deep.equal(told(kind, code));
    }
  });

  it("prints every action", () => {
    expect(rows("Actions").map(([action = ""]) => unquoted(action))).to.deep.equal([...REMEDY_ACTIONS]);
  });
});

import { expect } from "chai";
import vm from "node:vm";
import { CHECKOUT_SCRIPT } from "../../lib/pages/checkout-script.js";
import { REDIRECT_SCRIPT } from "../../lib/pages/redirect-script.js";
import { RESULT_SCRIPT } from "../../lib/pages/result-script.js";

for (const [name, script] of Object.entries({ CHECKOUT_SCRIPT, REDIRECT_SCRIPT, RESULT_SCRIPT })) {
  describe(name, () => {
    it("is one strict function that leaves nothing behind", () => {
      expect(() => new vm.Script(script)).to.not.throw();
      expect(script.trim()).to.match(/^\(function \(\) \{\n {2}"use strict";[\s\S]*\}\)\(\);$/);
    });

    it("makes no code and no markup out of text", () => {
      expect(script).to.not.match(
        /\beval\b|new Function|innerHTML|outerHTML|insertAdjacentHTML|document\.write|import\(/,
      );
    });

    it("is plain ES2019", () => {
      expect(script).to.not.match(
        /\?\.|\?\?|\|\|=|&&=|\.at\(|replaceAll|Object\.hasOwn|\bawait\b|#[a-z]+\b(?=[ .;=(])/,
      );
    });

    it("is small enough to be no burden", () => {
      expect(Buffer.byteLength(script)).to.be.below(12_000);
    });
  });
}

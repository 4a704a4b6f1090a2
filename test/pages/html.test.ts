import { expect } from "chai";
import vm from "node:vm";
import { escapeHtml, html, raw, scriptJson } from "../../lib/pages/html.js";

describe("html", () => {
  it("escapes every character that could leave a text or a quoted attribute", () => {
    expect(escapeHtml(`<b a="1" c='2'>&amp;</b>`)).to.equal(
      "&lt;b a=&quot;1&quot; c=&#39;2&#39;&gt;&amp;amp;&lt;/b&gt;",
    );
  });

  it("escapes values, and leaves the template itself as it is", () => {
    expect(html`<p title="${'" onclick="x'}">${"<script>"}</p>`.toString()).to.equal(
      '<p title="&quot; onclick=&quot;x">&lt;script&gt;</p>',
    );
  });

  it("does not escape what is safe already, so that templates nest", () => {
    const items = ["a", "<b>"].map((item) => html`<i>${item}</i>`);
    expect(html`<p>${items}</p>`.toString()).to.equal("<p><i>a</i><i>&lt;b&gt;</i></p>");
    expect(html`${raw("<hr>")}`.toString()).to.equal("<hr>");
  });

  it("leaves nothing behind for a part that is not there", () => {
    expect(html`a${undefined}b${false}c${[]}d${0}`.toString()).to.equal("abcd0");
  });

  it("is not fooled by an object that only looks safe", () => {
    const lookalike: unknown = { toString: () => "<script>" };
    // @ts-expect-error Only SafeHtml, text and numbers are taken.
    expect(() => html`${lookalike}`.toString()).to.throw(TypeError);
  });
});

describe("scriptJson", () => {
  it("gives an expression that means the same and cannot end its script", () => {
    const value = { text: "</script><!-- \u2028\u2029 & <b>", list: [1, null, "한국어"] };
    const text = scriptJson(value);
    expect(text).not.to.match(/[<>&\u2028\u2029]/);
    expect(JSON.parse(text)).to.deep.equal(value);
    expect(JSON.stringify(vm.runInNewContext(`(${text})`))).to.equal(JSON.stringify(value));
  });
});

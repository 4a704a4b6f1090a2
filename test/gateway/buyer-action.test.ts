import { expect } from "chai";
import { readAction, readChallenge } from "../../lib/gateway/buyer-action.js";
import { sample } from "./sample.js";

const URL_OF_FORM = "https://bank.example/3ds";
const post = (parameters?: string | Record<string, unknown>) =>
  readAction({
    redirectActionForm: {
      method: "POST",
      redirectUrl: URL_OF_FORM,
      ...(parameters === undefined ? {} : { parameters }),
    },
  });
const fieldsOf = (parameters?: string | Record<string, unknown>) => post(parameters)?.parameters;

describe("readAction", () => {
  const { normalUrl, redirectActionForm, paymentActionForm } = sample("pay-answer.in-process") as {
    normalUrl: string;
    redirectActionForm: { method: string; redirectUrl: string };
    paymentActionForm: string;
  };

  it("prefers normalUrl to both forms", () => {
    expect(readAction({ normalUrl, redirectActionForm, paymentActionForm })).to.deep.equal({
      url: normalUrl,
      method: "GET",
    });
  });

  it("prefers redirectActionForm to paymentActionForm", () => {
    expect(readAction({ redirectActionForm, paymentActionForm })).to.deep.equal({
      url: redirectActionForm.redirectUrl,
      method: "GET",
    });
  });

  it("reads paymentActionForm where nothing else leads on", () => {
    expect(readAction({ paymentActionForm })).to.deep.equal({
      url: "https://api.tosspayments.com/v1/payments/01OAv2P6yqLlDJaYngro1AWJ1bKaDn3ezGdRpXxKN7BQMEk4/checkout",
      method: "GET",
    });
  });

  it("reads a form to be posted from paymentActionForm too", () => {
    const form = { method: "POST", redirectUrl: URL_OF_FORM, parameters: { PaReq: "abc" } };
    expect(readAction({ paymentActionForm: JSON.stringify(form) })).to.deep.equal({
      url: URL_OF_FORM,
      method: "POST",
      parameters: { PaReq: "abc" },
    });
  });

  it("passes over empty and unusable links to the next that is usable", () => {
    for (const unusable of ["", "javascript:alert(1)", "not a url"]) {
      expect(
        readAction({ normalUrl: unusable, redirectActionForm: { redirectUrl: unusable }, paymentActionForm })?.url,
      ).to.match(/^https:\/\/api\.tosspayments\.com\//);
    }
  });

  it("takes a form without a method, or with another than POST, for a link", () => {
    for (const method of [undefined, "", "GET", "get", "PUT"]) {
      const redirectActionForm = {
        redirectUrl: URL_OF_FORM,
        parameters: "a=1",
        ...(method === undefined ? {} : { method }),
      };
      expect(readAction({ redirectActionForm })).to.deep.equal({ url: URL_OF_FORM, method: "GET" });
    }
  });

  describe("of a form to be posted", () => {
    it("reads parameters written as JSON", () => {
      expect(fieldsOf('{"PaReq":"a+b=","amount":1999,"test":true}')).to.deep.equal({
        PaReq: "a+b=",
        amount: "1999",
        test: "true",
      });
    });

    it("reads parameters written as a query string", () => {
      expect(fieldsOf("PaReq=a%2Bb%3D&MD=1")).to.deep.equal({ PaReq: "a+b=", MD: "1" });
    });

    it("reads parameters that are an object", () => {
      expect(fieldsOf({ PaReq: "abc" })).to.deep.equal({ PaReq: "abc" });
    });

    it("leaves out what no form field can hold", () => {
      expect(fieldsOf({ PaReq: "abc", nothing: null, deep: { er: 1 }, list: ["x"] })).to.deep.equal({ PaReq: "abc" });
    });

    it("posts no fields where there are none", () => {
      for (const parameters of [undefined, "", "{}"]) expect(fieldsOf(parameters)).to.deep.equal({});
    });

    it("accepts the method in lower case", () => {
      expect(readAction({ redirectActionForm: { method: "post", redirectUrl: URL_OF_FORM } })?.method).to.equal("POST");
    });

    it("keeps a field called __proto__ a field", () => {
      expect(Object.keys(fieldsOf('{"__proto__":"x"}') ?? {})).to.deep.equal(["__proto__"]);
    });
  });

  for (const url of [
    "javascript:alert(document.domain)",
    "JavaScript:alert(1)",
    " javascript:alert(1)",
    "java\nscript:alert(1)",
    "data:text/html,<script>alert(1)</script>",
    "vbscript:x",
    "file:///etc/passwd",
    "ftp://pay.example/",
    "http://pay.example/card",
    "https://antom.example@pay.example/card",
    "http://localhost.pay.example/card",
    "http://127.0.0.1.pay.example/",
    "http://antom.test.pay.example/",
    "alipays://platformapi/startapp",
    "//pay.example/card",
    "/card",
    "",
  ]) {
    it(`sends no buyer to ${JSON.stringify(url)}`, () => {
      expect(readAction({ normalUrl: url })).to.be.undefined;
      expect(readAction({ redirectActionForm: { method: "POST", redirectUrl: url } })).to.be.undefined;
      expect(readAction({ paymentActionForm: JSON.stringify({ redirectUrl: url }) })).to.be.undefined;
    });
  }

  for (const url of [
    "https://pay.example/card",
    "http://localhost:9000/card",
    "http://127.0.0.1:9/",
    "http://[::1]:9/",
    "http://antom.test:9000/card",
    "http://antom.localhost:9000/card",
  ]) {
    it(`sends the buyer to ${url}`, () => {
      expect(readAction({ normalUrl: url })).to.deep.equal({ url, method: "GET" });
    });
  }

  for (const text of [
    "",
    "null",
    "[]",
    '"https://pay.example/"',
    "{",
    "<form>",
    '{"redirectUrl":1}',
    '{"method":"GET"}',
  ]) {
    it(`finds no link in a paymentActionForm of ${JSON.stringify(text)}`, () => {
      expect(readAction({ paymentActionForm: text })).to.be.undefined;
    });
  }

  it("finds nothing in nothing", () => {
    expect(readAction({})).to.be.undefined;
  });
});

describe("readChallenge", () => {
  for (const challengeType of ["SMS_OTP", "PLAINTEXT_CARD_NO", "CARD_EXPIRE_DATE"]) {
    it(`reads the kind ${challengeType} and nothing else`, () => {
      const form = { challengeType, challengeRenderValue: "+82 10-****-1234", triggerSource: "CHANNEL" };
      expect(readChallenge({ challengeActionForm: form })).to.equal(challengeType);
      expect(readChallenge({ challengeActionForm: JSON.stringify(form) })).to.equal(challengeType);
    });
  }

  it("says so where the kind cannot be read", () => {
    for (const challengeType of [undefined, "", {}, "x".repeat(65)]) {
      expect(readChallenge({ challengeActionForm: { challengeType, triggerSource: "AMS" } })).to.equal(
        "of an unknown kind",
      );
    }
  });

  it("finds none where there is none", () => {
    for (const challengeActionForm of [undefined, null, "", "{", "null", {}, [], 7]) {
      expect(readChallenge({ challengeActionForm })).to.be.undefined;
    }
  });
});

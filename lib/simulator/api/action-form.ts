import { FORM_PATH, formParameters } from "../cashier/form.js";
import type { Answer } from "./operation.js";

/** An answer to pay that sends the buyer on by a form to be posted, with parameters, in place of an address. */
export function withActionForm(answer: Answer, baseUrl: string): Answer {
  const { normalUrl, redirectActionForm, paymentActionForm, ...rest } = answer;
  if (typeof normalUrl !== "string" || redirectActionForm === undefined || paymentActionForm === undefined)
    return answer;
  const secret = normalUrl.slice(normalUrl.lastIndexOf("/") + 1);
  return {
    ...rest,
    redirectActionForm: {
      method: "POST",
      actionFormType: "RedirectActionForm",
      redirectUrl: `${baseUrl}${FORM_PATH}`,
      parameters: JSON.stringify(formParameters(secret)),
    },
  };
}

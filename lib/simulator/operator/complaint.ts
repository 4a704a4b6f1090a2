import { html, type Html } from "../http/html.js";

/** Why a form could not be carried out, where the reader's focus goes. */
export const complaint = (sentence: Html): Html =>
  html`<div class="alert" role="alert" tabindex="-1" autofocus><p>${sentence}</p></div>`;

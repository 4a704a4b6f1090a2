import type { ShopProblem } from "../shop/problem.js";
import { html } from "./html.js";
import { layout } from "./layout.js";
import { EMPTY_CUP } from "./pictures.js";
import type { Visit } from "./visit.js";

/** What a browser is shown when something cannot be done. */
export const problemPage = ({ visit, problem }: { visit: Visit; problem: ShopProblem }): string =>
  layout({
    title: problem.title,
    here: "none",
    visit,
    main: html`<section class="card lone">
      <div class="picture">${EMPTY_CUP}</div>
      <h1>${problem.title}</h1>
      <p>${problem.status === 404 ? "It is not on the menu, or it never was." : "Nothing was ordered or charged."}</p>
      <p><a class="button" href="/">Back to the shop</a></p>
    </section>`,
  });

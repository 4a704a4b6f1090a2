import { html, type SafeHtml } from "../html.js";

/** Counts as bars beside their names, the greatest first; each with what it is made of. */
export const rankChart = (
  caption: string,
  ranks: readonly { readonly name: string; readonly count: number; readonly more: string }[],
): SafeHtml => {
  if (ranks.length === 0) return html`<p class="quiet">None.</p>`;
  const most = Math.max(1, ...ranks.map(({ count }) => count));
  return html`<table role="table" class="ranks">
    <caption>
      ${caption}
    </caption>
    <tbody role="rowgroup">
      ${ranks.map(
        ({ name, count, more }) =>
          html`<tr role="row">
            <th role="rowheader" scope="row">${name}</th>
            <td role="cell" class="figure">${count}</td>
            <td role="cell">
              <svg viewBox="0 0 1000 10" preserveAspectRatio="none" class="rank" aria-hidden="true">
                <rect width="${Math.max(4, Math.round((count / most) * 1000))}" height="10" class="s-bad" />
              </svg>
              <p class="hint">${more}</p>
            </td>
          </tr>`,
      )}
    </tbody>
  </table>`;
};

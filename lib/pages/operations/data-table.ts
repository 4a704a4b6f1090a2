import { html, type HtmlValue, type SafeHtml } from "../html.js";

export interface DataTable {
  /** Read out before the table. */
  readonly caption: string;
  readonly columns: readonly Column[];
  readonly rows: readonly (readonly HtmlValue[])[];
  /** Said in place of a table without rows. */
  readonly empty: string;
}

export interface Column {
  readonly name: string;
  /** Figures stand at the right edge, one below the other. */
  readonly isFigure?: boolean;
}

/**
 * A table, which on a narrow screen becomes a card for each row, with the column's name beside each value. The roles are written out, as
 * browsers forget them where a table is laid out as something else.
 */
export function dataTable({ caption, columns, rows, empty }: DataTable): SafeHtml {
  if (rows.length === 0) return html`<p class="quiet">${empty}</p>`;
  const look = ({ isFigure = false }: Column): string => (isFigure ? "figure" : "");
  return html`<table role="table">
    <caption>
      ${caption}
    </caption>
    <thead role="rowgroup">
      <tr role="row">
        ${columns.map((column) => html`<th role="columnheader" scope="col" class="${look(column)}">${column.name}</th>`)}
      </tr>
    </thead>
    <tbody role="rowgroup">
      ${rows.map(
        (cells) =>
          html`<tr role="row">
            ${columns.map(
              (column, index) =>
                html`<td role="cell" class="${look(column)}" data-name="${column.name}">
                  <div>${cells[index]}</div>
                </td>`,
            )}
          </tr>`,
      )}
    </tbody>
  </table>`;
}

import { html, type Html } from "./html.js";

/** The frame of every page; `head` is what one page needs there beside the rest. */
export const layout = (title: string, prefix: string, body: Html, head?: Html): Html =>
  html`<!doctype html>
    <html lang="en">
      <head>
        <meta charset="utf-8" />
        <meta name="viewport" content="width=device-width, initial-scale=1" />
        <meta name="robots" content="noindex" />
        ${head}
        <title>${title} - Antom simulator</title>
        <link rel="stylesheet" href="${prefix}/simulator/style.css" />
        <link rel="icon" href="${prefix}/simulator/icon.svg" type="image/svg+xml" />
      </head>
      <body>
        <p class="banner" role="note">
          <strong>Simulator.</strong> This is not Antom: no money moves and no bank is asked.
        </p>
        <main>${body}</main>
      </body>
    </html> `;

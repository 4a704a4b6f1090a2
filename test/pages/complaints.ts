import type { Page } from "playwright-core";

/** What the browser complains of on a page: policy violations, script errors, and everything but answers it did not like. */
export const complaintsOf = (page: Page): readonly string[] => {
  const complaints: string[] = [];
  page.on("console", (message) => {
    if (!message.text().startsWith("Failed to load resource")) complaints.push(message.text());
  });
  page.on("pageerror", (error) => complaints.push(error.message));
  return complaints;
};

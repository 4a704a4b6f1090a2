import type { Locator, Page } from "playwright-core";

/**
 * Waits until something shows on a page of the demo that keeps itself up to date. The page's own clock, which must be installed,
 * is moved on meanwhile: the page looks again at once, and not in seconds.
 */
export async function lookingAgain(page: Page, something: Locator): Promise<void> {
  const until = performance.now() + 30_000;
  while (!(await something.isVisible()) && performance.now() < until) {
    // A page that is being left answers neither.
    const looksAgain = await page
      .locator("[data-refresh]")
      .count()
      .catch(() => 0);
    if (looksAgain > 0) await page.clock.fastForward(3_000).catch(() => undefined);
    await page.waitForTimeout(30);
  }
  await something.waitFor();
}

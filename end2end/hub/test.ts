// The test of every journey: it also fails when a page logs an error, breaks its security policy, answers with
// a fault of ours, or asks another host for something.
import { test as base, expect, type Page } from '@playwright/test';

type Guard = { /** What this journey provokes, such as a page that is gone. */ expect(fault: RegExp): void };

export const test = base.extend<{ guard: Guard }>({
  guard: [
    async ({ page, baseURL }, use) => {
      const faults: string[] = [];
      const expected: RegExp[] = [];
      page.on('console', (message) => {
        if (message.type() === 'error') faults.push(`console: ${message.text()} (${message.location().url})`);
      });
      page.on('pageerror', (error) => faults.push(`exception: ${error.message}`));
      page.on('response', (response) => {
        if (response.status() >= 400) faults.push(`${response.status()} ${response.url()}`);
      });
      page.on('request', (request) => {
        const url = request.url();
        if (!url.startsWith(baseURL!) && !/^(data|blob|about):/.test(url)) faults.push(`another host: ${url}`);
      });
      await use({ expect: (fault) => expected.push(fault) });
      expect(faults.filter((fault) => !expected.some((known) => known.test(fault)))).toEqual([]);
    },
    { auto: true },
  ],
});

export { expect };

/** Waits until the scripts of the page have loaded and listen; a page without islands has none. */
export async function isAlive(page: Page) {
  await page.waitForLoadState('load');
  if ((await page.locator('script[type=module]').count()) > 0) {
    await expect(page.locator('html')).toHaveAttribute('data-ready', '', { timeout: 15_000 });
  }
}

/** The page's address after the `?`, as pairs. */
export function query(page: Page): string[] {
  return [...new URL(page.url()).searchParams].map(([name, value]) => `${name}=${value}`);
}

import type { Page } from '@playwright/test';
import { vacancyPath } from '../hub/hidden';
import { SearchPage } from '../hub/search';
import { expect, isAlive, test } from '../hub/test';
import { LANGUAGES, PATHS } from '../hub/words';

/** Tries everything on the page that could run what somebody typed. */
async function expectHarmless(page: Page) {
  await isAlive(page);
  const main = page.getByRole('main');
  for (const link of await main.getByRole('link').all()) {
    expect((await link.getAttribute('href')) ?? '').not.toMatch(/^\s*(javascript|data|vbscript):/i);
  }
  for (const link of await main.getByText('klik hier').all()) await link.click({ timeout: 2_000, noWaitAfter: true, trial: false }).catch(() => null);
  expect(await page.evaluate(() => (window as { injected?: number }).injected)).toBeUndefined();
  const strays = await page.evaluate(() => ({
    scripts: [...document.querySelectorAll('main script:not([type="application/ld+json"])')].filter((script) => script.textContent?.includes('injected')).length,
    frames: document.querySelectorAll('main iframe, main object, main embed').length,
    handlers: [...document.querySelectorAll('main *')].filter((part) => [...part.attributes].some((one) => one.name.startsWith('on'))).length,
    bases: document.querySelectorAll('base').length,
  }));
  expect(strays).toEqual({ scripts: 0, frames: 0, handlers: 0, bases: 0 });
  await expect(page.locator('body')).toBeVisible();
}

for (const language of LANGUAGES) {
  test(`what organisations typed is shown, and never run (${language})`, async ({ page }) => {
    await page.goto(await vacancyPath(page, 'kwikstaartproef injectie', language));
    await expectHarmless(page);
    await expect(page.getByRole('heading', { level: 1 })).toContainText('<script>');
    expect(await page.title()).toContain('<script>');

    await page.getByRole('main').getByRole('link', { name: /proefwerf/i }).first().click();
    await expectHarmless(page);
    await expect(page.getByRole('heading', { level: 1 })).toContainText('<script>');

    await page.goto(PATHS[language].events);
    await expectHarmless(page);
    await page.getByRole('main').getByRole('link', { name: /proefmiddag/i }).first().click();
    await expectHarmless(page);
  });
}

test('structured data can not be left by a text', async ({ page }) => {
  await page.goto(await vacancyPath(page, 'kwikstaartproef injectie'));
  for (const text of await page.locator('script[type="application/ld+json"]').allTextContents()) {
    expect(() => JSON.parse(text)).not.toThrow();
    expect(text).not.toMatch(/<\/script|<!--/i);
  }
});

test('a hostile title in the live results is only a text', async ({ page }) => {
  const search = new SearchPage(page);
  await search.open();
  await search.type('kwikstaartproef');
  await expect(search.results.filter({ hasText: '<script>' })).toHaveCount(1);
  await expectHarmless(page);
});

const ADDRESSES = [
  'q=<script>window.injected=1</script>', 'q="><img src=x onerror=window.injected=1>', "q='-window.injected=1-'", 'plaats="><svg onload=window.injected=1>',
  'soort=<script>window.injected=1</script>', 'gemeente="onfocus=window.injected=1 autofocus="', 'sorteer=<b>', 'pagina=<script>', 'q=${window.injected=1}', 'q={{constructor.constructor("window.injected=1")()}}',
];
test('what stands in an address is only a text', async ({ page }) => {
  for (const address of ADDRESSES) {
    const [name, value] = [address.slice(0, address.indexOf('=')), address.slice(address.indexOf('=') + 1)];
    await page.goto(`/vacatures?${name}=${encodeURIComponent(value)}`);
    await expectHarmless(page);
  }
});

import { closedPaths, draftPaths, vacancyPath } from '../hub/hidden';
import { SearchPage } from '../hub/search';
import { expect, test } from '../hub/test';
import { LANGUAGES, PATHS, says } from '../hub/words';

for (const language of LANGUAGES) {
  test(`a vacancy that closed says so, and shows similar ones (${language})`, async ({ page, guard }) => {
    guard.expect(/410/);
    const closed = await closedPaths(page, language);
    // One is filled, one closed yesterday.
    expect(closed).toHaveLength(2);
    for (const path of closed) {
      const answer = await page.goto(path);
      expect(answer!.status()).toBe(410);
      await expect(page.getByRole('heading', { level: 1 })).toHaveText(says(language, 'closed.title'));
      await expect(page.locator('head meta[name=robots]')).toHaveAttribute('content', /noindex/);
      await expect(page.locator('script[type="application/ld+json"]')).toHaveCount(0);
    }
    const similar = page.getByRole('main').getByRole('heading', { level: 3 }).getByRole('link');
    expect(await similar.count()).toBeGreaterThan(0);
    await similar.first().click();
    await expect(page).toHaveURL(new RegExp(`${PATHS[language].search}/`));
  });

  test(`an address that leads nowhere says so, and offers a search (${language})`, async ({ page, guard }) => {
    guard.expect(/404/);
    for (const path of [`${PATHS[language].search}/bestaat-niet-99999999`, `${PATHS[language].organisations}/bestaat-niet`, `${PATHS[language].home}/nergens`.replace('//', '/')]) {
      const answer = await page.goto(path);
      expect(answer!.status(), path).toBe(404);
      await expect(page.locator('html')).toHaveAttribute('lang', language);
      await expect(page.getByRole('heading', { level: 1 })).toBeVisible();
      await expect(page.locator('head meta[name=robots]')).toHaveAttribute('content', /noindex/);
    }
    const search = new SearchPage(page, language);
    await search.box.fill('kwikstaartproef');
    await search.go.click();
    await page.waitForURL(/q=kwikstaartproef/);
    await search.expectTotal(4);
  });
}

test('a draft is nobody’s business', async ({ page }) => {
  expect(await draftPaths(page)).toHaveLength(1);
});

test('the closing day itself still counts', async ({ page }) => {
  const answer = await page.goto(await vacancyPath(page, 'kwikstaartproef sluit vandaag'));
  expect(answer!.status()).toBe(200);
});

test('an old title in the address leads to the vacancy', async ({ page }) => {
  const path = await vacancyPath(page, 'kwikstaartproef compleet');
  await page.goto(path.replace(/[^/]+-(\d+)$/, 'heette-vroeger-anders-$1'));
  expect(new URL(page.url()).pathname).toBe(path);
});

test('what closed is in no list, feed or sitemap', async ({ page }) => {
  const ids = (await closedPaths(page)).map((path) => /\d+$/.exec(path)![0]);
  for (const path of ['/vacatures?q=kwikstaartproef', '/vacatures.atom?q=kwikstaartproef', '/vacatures.json?q=kwikstaartproef']) {
    const text = await (await page.request.get(path)).text();
    for (const id of ids) expect(text, path).not.toContain(`-${id}"`);
    expect(text).not.toContain('in concept');
  }
});

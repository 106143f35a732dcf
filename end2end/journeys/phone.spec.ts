import { numberIn, SearchPage } from '../hub/search';
import { expect, isAlive, query, test } from '../hub/test';
import { LANGUAGES, PATHS, says } from '../hub/words';

test.use({ viewport: { width: 390, height: 844 }, hasTouch: true, isMobile: true });

test('the sheet shows how many results there are, and shows them', async ({ page }) => {
  const search = new SearchPage(page);
  await search.open();
  await expect(search.filters).toBeHidden();
  await search.openFilters.tap();
  await expect(search.filters).toBeVisible();
  await search.facet(/^Stage/).check();
  await expect.poll(() => query(page)).toContain('soort=stage');
  await expect.poll(async () => (await search.show.textContent())?.replace(/\D/g, '')).toBe(String(await search.total()));
  const promised = numberIn((await search.show.textContent()) ?? '');
  await expect(search.show).toBeInViewport();
  await search.show.tap();
  await expect(search.filters).toBeHidden();
  await search.expectTotal(promised);
  await expect(search.chips).toHaveCount(1);
});

test('the button to the filters stays in view while one scrolls', async ({ page }) => {
  const search = new SearchPage(page);
  await search.open();
  for (const depth of [0, 600, 1500]) {
    await page.evaluate((depth) => scrollTo(0, depth), depth);
    await expect(search.openFilters).toBeInViewport();
  }
});

test('the sheet closes by its cross and by a tap beside it', async ({ page }) => {
  const search = new SearchPage(page);
  await search.open();
  await search.openFilters.tap();
  await search.filters.getByRole('button', { name: says('nl', 'search.close') }).tap();
  await expect(search.filters).toBeHidden();
});

for (const language of LANGUAGES) {
  test(`no page in ${language} is wider than the phone`, async ({ page }) => {
    const search = new SearchPage(page, language);
    await search.open('q=kwikstaartproef');
    const vacancy = await search.results.first().getAttribute('href');
    for (const path of [...Object.values(PATHS[language]), vacancy!]) {
      await page.goto(path);
      await isAlive(page);
      const [content, window] = await page.evaluate(() => [document.documentElement.scrollWidth, innerWidth]);
      expect(content, path).toBeLessThanOrEqual(window);
    }
  });
}

test('everything to tap is at least 24 pixels, or has room around it', async ({ page }) => {
  for (const path of Object.values(PATHS.nl)) {
    await page.goto(path);
    const small = await page.evaluate(() =>
      [...document.querySelectorAll<HTMLElement>('button, input, select, summary, nav a, .chip')]
        .filter((part) => part.checkVisibility())
        .map((part) => (part.closest('label') ?? part).getBoundingClientRect().height + ' ' + part.outerHTML.slice(0, 80))
        .filter((text) => parseFloat(text) > 0 && parseFloat(text) < 24),
    );
    expect(small, path).toEqual([]);
  }
});

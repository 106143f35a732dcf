import { SearchPage } from '../hub/search';
import { expect, query, test } from '../hub/test';
import { PATHS } from '../hub/words';

test.use({ javaScriptEnabled: false });

test('words, a place and facets are sent by the form', async ({ page }) => {
  const search = new SearchPage(page, 'nl', false);
  await search.open();
  const all = await search.total();
  await search.box.fill('software');
  await search.place.fill('Doetinchem');
  await search.facet(/^Stage/).check();
  await search.go.click();
  await page.waitForURL(/\?/);
  expect(query(page)).toEqual(expect.arrayContaining(['q=software', 'plaats=Doetinchem', 'soort=stage']));
  expect(await search.total()).toBeGreaterThan(0);
  expect(await search.total()).toBeLessThan(all);
  await expect(search.facet(/^Stage/)).toBeChecked();
});

test('an option gives what it promises', async ({ page }) => {
  const search = new SearchPage(page, 'nl', false);
  await search.open('q=software');
  const option = (await search.choices()).find((option) => /^stage/i.test(option.name))!;
  await search.facet(/^Stage/).check();
  await search.go.click();
  await search.expectTotal(option.count);
});

test('a chip takes its choice back', async ({ page }) => {
  const search = new SearchPage(page, 'nl', false);
  await search.open('soort=stage&niveau=hbo');
  await search.chips.filter({ hasText: /hbo/i }).click();
  await page.waitForURL((url) => !url.search.includes('niveau'));
  expect(query(page)).toEqual(['soort=stage']);
});

test('results have pages', async ({ page }) => {
  const search = new SearchPage(page, 'nl', false);
  await search.open('soort=stage');
  const first = await search.titles();
  await search.next.click();
  await page.waitForURL(/pagina=2/);
  expect(query(page)).toContain('soort=stage');
  expect(await search.titles()).not.toEqual(first);
});

test('the language changes, and the search with it', async ({ page }) => {
  const search = new SearchPage(page, 'nl', false);
  await search.open('soort=stage&niveau=hbo');
  const total = await search.total();
  await page.getByRole('link', { name: 'Deutsch' }).first().click();
  await page.waitForURL(/\/de\/stellen/);
  const german = new SearchPage(page, 'de', false);
  await german.expectTotal(total);
  expect(query(page)).toEqual(['soort=stage', 'niveau=hbo']);
  await expect(page.locator('html')).toHaveAttribute('lang', 'de');
});

test('nothing found says which choice to drop', async ({ page }) => {
  const search = new SearchPage(page, 'nl', false);
  await search.open('q=kwikstaartproef&soort=bijbaan');
  await search.expectTotal(0);
  await search.ways.filter({ hasText: /Bijbaan/ }).click();
  await search.expectTotal(4);
});

test('every page shows its content', async ({ page }) => {
  for (const path of Object.values(PATHS.nl)) {
    await page.goto(path);
    await expect(page.getByRole('heading', { level: 1 })).toBeVisible();
    expect((await page.getByRole('main').innerText()).length).toBeGreaterThan(200);
  }
});

test('the sheet with filters opens on a phone', async ({ page }) => {
  await page.setViewportSize({ width: 390, height: 844 });
  const search = new SearchPage(page, 'nl', false);
  await search.open();
  await search.openFilters.click();
  await search.facet(/^Stage/).check();
  await search.show.click();
  await page.waitForURL(/soort=stage/);
});

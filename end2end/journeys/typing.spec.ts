import { SearchPage } from '../hub/search';
import { expect, isAlive, query, test } from '../hub/test';

test('results change while one types, without loading the page again', async ({ page }) => {
  const search = new SearchPage(page);
  await search.open();
  const all = await search.total();
  expect(all).toBeGreaterThan(100);
  await page.evaluate(() => Object.assign(window, { samePage: true }));

  await search.type('kwikstaartproef');
  await search.expectTotal(4);
  await expect(search.results).toHaveCount(4);
  expect(await page.evaluate(() => 'samePage' in window)).toBe(true);

  await search.box.fill('');
  await search.expectTotal(all);
  expect(query(page)).toEqual([]);
});

test('focus and what was typed stay while results change', async ({ page }) => {
  const search = new SearchPage(page);
  await search.open();
  await search.type('stage software');
  await expect(search.box).toBeFocused();
  await expect(search.box).toHaveValue('stage software');
});

test('the address of a search can be shared', async ({ page, context }) => {
  const search = new SearchPage(page);
  await search.open();
  await search.type('kwikstaartproef');
  await search.expectTotal(4);
  const friend = new SearchPage(await context.newPage());
  await friend.page.goto(page.url());
  await friend.expectTotal(4);
  await expect(friend.box).toHaveValue('kwikstaartproef');
});

test('searching from the home page leads to the same results', async ({ page }) => {
  await page.goto('/');
  const search = new SearchPage(page);
  await search.box.fill('kwikstaartproef');
  await search.go.click();
  await page.waitForURL(/\/vacatures\?/);
  await isAlive(page);
  await search.expectTotal(4);
});

test('a place and a distance narrow the search, and every result says how far it is', async ({ page }) => {
  const search = new SearchPage(page);
  await search.open();
  const all = await search.total();
  await search.place.fill('Winterswijk');
  await expect.poll(() => query(page)).toContain('plaats=Winterswijk');
  await expect.poll(() => search.total()).toBeLessThan(all);
  const wide = await search.total();
  await search.radius.selectOption('5');
  await expect.poll(() => query(page)).toContain('straal=5');
  await expect.poll(() => search.total()).toBeLessThan(wide);
  expect(await search.total()).toBeGreaterThan(0);
  for (const card of await search.cards.all()) await expect(card).toContainText(/\d km/);
});

test('a place that nobody knows is named as the fault, with the nearest name', async ({ page }) => {
  const search = new SearchPage(page);
  await search.open('plaats=Winterswyk');
  await expect(search.place).toHaveAccessibleDescription(/Winterswijk/);
});

test('the order can be chosen', async ({ page }) => {
  const search = new SearchPage(page);
  await search.open('q=kwikstaartproef');
  await search.sort.selectOption('sluit');
  await expect.poll(() => query(page)).toContain('sorteer=sluit');
  await expect(search.results.first()).toHaveText(/sluit vandaag/);
});

// The map of the region is a filter, and so is the list of the same places.
import { SearchPage } from '../hub/search';
import { expect, query, test } from '../hub/test';

test('a place on the map is walked to by arrows and chosen by Enter', async ({ page }) => {
  const search = new SearchPage(page);
  await search.openWithIndex();
  await search.region.focus();
  await page.keyboard.press('Enter');
  await expect(search.map).toBeVisible();
  await page.keyboard.press('Tab');
  await expect(search.map.getByRole('link', { name: /^Doetinchem: / })).toBeFocused();
  await page.keyboard.press('ArrowRight');
  const second = await page.evaluate(() => document.activeElement!.getAttribute('aria-label')!);
  expect(second).not.toMatch(/^Doetinchem/);
  await page.keyboard.press('Enter');
  const place = second.split(': ')[0];
  await expect.poll(() => query(page)).toEqual([`plaats=${place}`]);
  // The keyboard stays where it stands, on a map that shows the choice.
  await expect(search.map.getByRole('link', { name: new RegExp(`^${place}: `) })).toBeFocused();
  await expect(search.map.locator('[aria-current=true]')).toHaveCount(1);
  await expect(search.map.locator('.reach')).toHaveCount(1);
  await expect(search.place).toHaveValue(place);
});

test('the map counts what fits, and follows what is typed', async ({ page }) => {
  const search = new SearchPage(page);
  await search.openWithIndex();
  await search.region.click();
  await expect(search.map.getByRole('link', { name: /^Winterswijk: \d+ / })).toBeVisible();
  await search.type('kwikstaartproef');
  await expect(search.map.getByRole('link', { name: /^Winterswijk: 3 / })).toBeVisible();
  await expect(search.map.getByRole('link', { name: /^Doetinchem: 1 / })).toBeVisible();
  await expect(search.places).toHaveText([/Doetinchem\s*1/, /Winterswijk\s*3/]);
  await search.map.getByRole('link', { name: /^Winterswijk/ }).click();
  await expect.poll(() => query(page)).toEqual(['q=kwikstaartproef', 'plaats=Winterswijk']);
});

test('without an index the server draws the map', async ({ page }) => {
  await page.addInitScript(() => Object.defineProperty(navigator, 'connection', { value: { saveData: true } }));
  const search = new SearchPage(page);
  await search.open('plaats=Ulft&straal=10');
  await search.region.click();
  await expect(search.map.locator('[aria-current=true]')).toHaveAttribute('aria-label', /^Ulft: /);
});

test.describe('without a script', () => {
  test.use({ javaScriptEnabled: false });

  test('the list of places is the filter', async ({ page }) => {
    const search = new SearchPage(page, 'nl', false);
    await search.open('q=kwikstaartproef');
    await search.region.click();
    await expect(search.places).toHaveText([/Doetinchem\s*1/, /Winterswijk\s*3/]);
    await search.places.filter({ hasText: 'Winterswijk' }).click();
    await page.waitForURL(/plaats=Winterswijk/);
    await search.expectTotal(3);
  });
});

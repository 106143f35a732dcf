import { SearchPage } from '../hub/search';
import { expect, isAlive, query, test } from '../hub/test';

test('back and forward go through the choices, and everything on the page goes with them', async ({ page }) => {
  const search = new SearchPage(page);
  await search.open();
  const all = await search.total();
  await search.facet(/^Stage/).check();
  await expect.poll(() => search.total()).toBeLessThan(all);
  const internships = await search.total();
  await search.facet(/^hbo/i).check();
  await expect.poll(() => search.total()).toBeLessThan(internships);
  const both = await search.total();

  await page.goBack();
  await search.expectTotal(internships);
  await expect(search.facet(/^hbo/i)).not.toBeChecked();
  await expect(search.facet(/^Stage/)).toBeChecked();
  await page.goBack();
  await search.expectTotal(all);
  await expect(search.chips).toHaveCount(0);
  await page.goForward();
  await page.goForward();
  await search.expectTotal(both);
  expect(query(page)).toEqual(['soort=stage', 'niveau=hbo']);
});

test('typing is one step back, not one for every letter', async ({ page }) => {
  const search = new SearchPage(page);
  await page.goto('/');
  await search.open();
  await search.type('kwikstaartproef');
  await search.expectTotal(4);
  await page.goBack();
  await expect.poll(() => new URL(page.url()).pathname).toBe('/');
});

test('back from a vacancy gives the same results again', async ({ page }) => {
  const search = new SearchPage(page);
  await search.open('soort=stage&pagina=2');
  const titles = await search.titles();
  await search.results.nth(3).click();
  await expect(page.getByRole('heading', { level: 1 })).toHaveText(titles[3]);
  await page.goBack();
  await expect.poll(() => search.titles()).toEqual(titles);
});

test('a later page stays when the index comes', async ({ page }) => {
  const search = new SearchPage(page);
  await page.goto('/vacatures');
  await isAlive(page);
  const first = await search.titles();
  await search.open('soort=stage&pagina=2');
  const titles = await search.titles();
  expect(titles).not.toEqual(first);
  await expect(page.locator('html')).toHaveAttribute('data-index', '', { timeout: 15_000 });
  expect(await search.titles()).toEqual(titles);
  expect(query(page)).toEqual(['soort=stage', 'pagina=2']);
});

test('loading the page again in the middle keeps everything', async ({ page }) => {
  const search = new SearchPage(page);
  await search.open();
  await search.type('software');
  await search.facet(/^Stage/).check();
  await search.place.fill('Doetinchem');
  await expect.poll(() => query(page)).toEqual(['q=software', 'soort=stage', 'plaats=Doetinchem']);
  await isAlive(page);
  const total = await search.total();
  const titles = await search.titles();
  await page.reload();
  await isAlive(page);
  await search.expectTotal(total);
  await expect(search.box).toHaveValue('software');
  await expect(search.place).toHaveValue('Doetinchem');
  await expect(search.facet(/^Stage/)).toBeChecked();
  expect(await search.titles()).toEqual(titles);
});

test('paging moves to the results and is a step of its own', async ({ page }) => {
  const search = new SearchPage(page);
  await search.open();
  const first = await search.titles();
  await search.next.click();
  await expect.poll(() => query(page)).toEqual(['pagina=2']);
  await expect.poll(() => search.titles()).not.toEqual(first);
  await expect(search.status.first()).toBeInViewport();
  await page.goBack();
  await expect.poll(() => search.titles()).toEqual(first);
});

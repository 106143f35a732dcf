// Five thousand vacancies on a phone with a slow processor: the browser answers by itself all the same.
import type { Page } from '@playwright/test';
import { numberIn, SearchPage } from '../../hub/search';
import { expect, query, test } from '../../hub/test';

test.use({ viewport: { width: 390, height: 844 }, hasTouch: true, isMobile: true });

async function slowProcessor(page: Page) {
  const client = await page.context().newCDPSession(page);
  await client.send('Emulation.setCPUThrottlingRate', { rate: 4 });
}

test('a search with a typo, a choice and a German word among thousands, without the network', async ({ page, context }) => {
  test.setTimeout(60_000);
  await slowProcessor(page);
  const search = new SearchPage(page);
  await search.openWithIndex();
  expect(await search.total()).toBeGreaterThan(4_500);
  await context.setOffline(true);

  await search.type('lasrobto');
  await expect.poll(() => search.total()).toBeGreaterThan(0);
  const welders = await search.total();
  expect(welders).toBeLessThan(500);
  await expect(search.cards.first()).toContainText(/lasrobot|lassen/i);

  await search.type('Maschinenbau');
  await expect.poll(() => search.total()).toBeGreaterThan(welders);
  const all = await search.total();
  await search.openFilters.tap();
  await search.facet(/^Stage/).check();
  await expect.poll(() => query(page)).toContain('soort=stage');
  await expect.poll(() => search.total()).toBeLessThan(all);
  const promised = numberIn((await search.show.textContent()) ?? '');
  await search.show.tap();
  await search.expectTotal(promised);
  await context.setOffline(false);
});

test('back and forward give the same results among thousands', async ({ page }) => {
  test.setTimeout(60_000);
  await slowProcessor(page);
  const search = new SearchPage(page);
  await search.openWithIndex('soort=stage');
  const internships = await search.total();
  await search.type('techniek');
  await expect.poll(() => search.total()).toBeLessThan(internships);
  const found = await search.total();
  const first = await search.titles();
  await search.next.tap();
  await expect.poll(() => query(page)).toContain('pagina=2');
  await expect.poll(() => search.titles()).not.toEqual(first);
  const second = await search.titles();
  await page.goBack();
  await expect.poll(() => search.titles()).toEqual(first);
  await search.expectTotal(found);
  await page.goForward();
  await expect.poll(() => search.titles()).toEqual(second);
});

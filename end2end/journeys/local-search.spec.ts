// The index in the browser: every key stroke is answered without the network.
import type { Page } from '@playwright/test';
import { SearchPage } from '../hub/search';
import { expect, query, test } from '../hub/test';

/** Counts what is asked of an address while something is done. */
function countRequests(page: Page, part: RegExp): () => number {
  let count = 0;
  page.on('request', (request) => {
    if (part.test(request.url())) count++;
  });
  return () => count;
}

/** Lets what is asked of an address wait until it may go. */
async function hold(page: Page, address: string) {
  let go = () => {};
  const allowed = new Promise<void>((resolve) => (go = resolve));
  await page.route(address, async (route) => {
    await allowed;
    await route.continue();
  });
  return { go };
}

/** Types in a page that has no index of its own. */
async function expectServerToAnswer(page: Page) {
  const asked = countRequests(page, /search_vacancies/);
  const search = new SearchPage(page);
  await search.open();
  await search.type('kwikstaartproef');
  await search.expectTotal(4);
  expect(asked()).toBeGreaterThan(0);
}

test('a typo finds what was meant', async ({ page }) => {
  const search = new SearchPage(page);
  await search.openWithIndex();
  await search.type('lasrobto');
  await expect.poll(() => search.total()).toBeGreaterThan(0);
  await expect(search.cards.first()).toContainText(/lasrobot|lassen/i);
  await search.type('kwikstaratproef');
  await search.expectTotal(4);
});

test('a German word finds Dutch vacancies', async ({ page }) => {
  const search = new SearchPage(page, 'de');
  await search.openWithIndex();
  await search.type('Maschinenbau');
  await expect.poll(() => search.total()).toBeLessThan(300);
  expect(await search.total()).toBeGreaterThan(5);
  // Titles in another language than the page's say so.
  await expect(page.locator('#results h3 a[lang=nl]').first()).toBeVisible();
});

test('every key stroke is answered before the network could', async ({ page }) => {
  const search = new SearchPage(page);
  await search.openWithIndex();
  const asked = countRequests(page, /search_vacancies|suggest_vacancies/);
  await search.box.focus();
  const answered = await page.evaluate(async () => {
    const box = document.querySelector<HTMLInputElement>('#q')!;
    const counts: string[] = [];
    for (const typed of ['k', 'kw', 'kwi', 'kwik']) {
      box.value = typed;
      box.dispatchEvent(new InputEvent('input', { bubbles: true }));
      await Promise.resolve();
      counts.push(document.querySelector('#count')!.textContent!);
    }
    return counts;
  });
  expect(new Set(answered).size).toBeGreaterThan(1);
  expect(answered.at(-1)).toMatch(/^4 /);
  expect(asked()).toBe(0);
});

test('the address follows Enter at once, and back leads to where one came from', async ({ page }) => {
  const search = new SearchPage(page);
  await page.goto('/');
  await search.openWithIndex();
  await search.box.fill('kwikstaartproef');
  await page.keyboard.press('Enter');
  expect(query(page)).toEqual(['q=kwikstaartproef']);
  await page.goBack();
  await expect.poll(() => new URL(page.url()).pathname).toBe('/');
});

test('without a network the page says so, keeps its results and searches on', async ({ page, context }) => {
  const search = new SearchPage(page);
  await search.openWithIndex('soort=stage');
  const before = await search.total();
  await page.evaluate(() => Object.assign(window, { samePage: true }));
  await context.setOffline(true);
  await expect(search.offline).toHaveText(/vacatures van \d+ \w+ 20\d\d/);
  await expect(search.results).toHaveCount(15);

  await search.type('kwikstaartproef');
  await search.expectTotal(4);
  await page.keyboard.press('Enter');
  await search.facet(/^hbo/i).check();
  await search.expectTotal(4);
  await search.chips.filter({ hasText: /kwikstaart/ }).click();
  await expect.poll(() => search.total()).toBeGreaterThan(4);
  expect(await search.total()).toBeLessThanOrEqual(before);

  await context.setOffline(false);
  await expect(search.offline).toHaveCount(0);
  expect(await page.evaluate(() => 'samePage' in window)).toBe(true);
});

test('without a network and without an index the results stay', async ({ page, context, guard }) => {
  guard.expect(/ERR_INTERNET_DISCONNECTED/);
  // The engine would be on its way, or not, when the network goes.
  for (const path of ['**/zoek/**', '**/split_engine*']) await page.route(path, (route) => route.abort());
  guard.expect(/ERR_FAILED|Failed to fetch/);
  const search = new SearchPage(page);
  await search.open('soort=stage');
  await context.setOffline(true);
  await expect(search.offline).toBeVisible();
  const failed = page.waitForEvent('requestfailed', (request) => request.url().includes('search_vacancies'));
  await search.box.fill('kwikstaartproef');
  await failed;
  await expect(search.results).toHaveCount(15);
  await context.setOffline(false);
  await search.expectTotal(4);
  await expect(search.offline).toHaveCount(0);
});

test('a damaged index is noticed, and the server answers', async ({ page }) => {
  await page.route('**/zoek/**', async (route) => {
    const answer = await route.fetch();
    const body = await answer.body();
    body[body.length >> 1] ^= 1;
    await route.fulfill({ status: 200, contentType: 'application/octet-stream', body });
  });
  const asked = countRequests(page, /search_vacancies/);
  const search = new SearchPage(page);
  await search.open();
  await search.type('lasrobto');
  // Not what the first letters found: the server answers again when all are typed.
  await expect.poll(() => search.total()).toBeLessThan(100);
  expect(await search.total()).toBeGreaterThan(0);
  expect(asked()).toBeGreaterThan(0);
  await expect(page.locator('html')).not.toHaveAttribute('data-index');
});

test('when the engine does not come, the server answers', async ({ page, guard }) => {
  guard.expect(/ERR_FAILED|Failed to fetch/);
  await page.route('**/split_engine*', (route) => route.abort());
  await expectServerToAnswer(page);
  await expect(page.locator('html')).not.toHaveAttribute('data-index');
});

test('who saves data gets no engine and no index, and the server answers', async ({ page }) => {
  await page.addInitScript(() => Object.defineProperty(navigator, 'connection', { value: { saveData: true } }));
  const fetched = countRequests(page, /\/zoek\/|split_engine/);
  await expectServerToAnswer(page);
  expect(fetched()).toBe(0);
});

for (const answers of ['the browser', 'the server']) {
  test(`when typing rests and ${answers} answers, all results are right, also those below the window`, async ({ page, context }) => {
    if (answers === 'the server') await hold(page, '**/zoek/**');
    await page.setViewportSize({ width: 390, height: 844 });
    const search = new SearchPage(page);
    if (answers === 'the server') await search.open();
    else await search.openWithIndex();
    for (const words of ['techniek', 'software', 'data']) {
      await search.type(words);
      const other = await context.newPage();
      const fresh = new SearchPage(other);
      await fresh.open(`q=${words}`);
      const titles = await fresh.titles();
      expect(titles).toHaveLength(15);
      await other.close();
      await expect.poll(() => search.titles()).toEqual(titles);
    }
  });
}

test('pieces of texts come later and move nothing', async ({ page }) => {
  const search = new SearchPage(page);
  await search.openWithIndex();
  await page.route('**/search_vacancies*', async (route) => {
    await new Promise((later) => setTimeout(later, 700));
    await route.continue();
  });
  await search.type('procestechniek');
  const tops = () => search.cards.evaluateAll((cards) => cards.map((card) => Math.round(card.getBoundingClientRect().top)));
  const before = await tops();
  await expect.poll(() => page.locator('.excerpt').allTextContents()).toContainEqual(expect.stringMatching(/procestechniek/i));
  expect(await tops()).toEqual(before);
});

test('the index that comes between a click and its answer takes nothing back', async ({ page }) => {
  const index = await hold(page, '**/zoek/**');
  const answer = await hold(page, '**/search_vacancies*');
  const search = new SearchPage(page);
  await search.open('q=kwikstaartproef&soort=bijbaan');
  await search.expectTotal(0);
  await search.ways.filter({ hasText: /bijbaan/i }).click();
  index.go();
  await expect(page.locator('html')).toHaveAttribute('data-index', '', { timeout: 15_000 });
  await search.expectTotal(4);
  answer.go();
  expect(query(page)).toEqual(['q=kwikstaartproef']);
  await expect(search.chips).toHaveCount(1);
});

test('two choices in a row count both, however late the first is answered', async ({ page }) => {
  await hold(page, '**/zoek/**');
  const answer = await hold(page, '**/search_vacancies*');
  const search = new SearchPage(page);
  await search.open('soort=stage&niveau=hbo');
  await search.chips.filter({ hasText: /stage/i }).click();
  await search.facet(/^mbo.*2/i).check();
  answer.go();
  await expect(search.chips).toHaveText([/hbo/i, /mbo/i]);
  expect(query(page)).toEqual(['niveau=hbo', 'niveau=mbo-2']);
});

test('what was typed before the program came is answered', async ({ page }) => {
  const program = await hold(page, '**/*.wasm');
  const search = new SearchPage(page);
  await page.goto('/vacatures');
  await search.box.fill('kwikstaartproef');
  program.go();
  await search.expectTotal(4);
  expect(query(page)).toEqual(['q=kwikstaartproef']);
});

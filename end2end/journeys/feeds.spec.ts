import { SearchPage } from '../hub/search';
import { expect, test } from '../hub/test';
import { LANGUAGES, PATHS } from '../hub/words';

for (const language of LANGUAGES) {
  test(`a search has feeds of its own (${language})`, async ({ page, request }) => {
    const search = new SearchPage(page, language);
    await search.open('q=kwikstaartproef');
    const atom = await page.locator('head link[rel=alternate][type="application/atom+xml"]').getAttribute('href');
    const json = await page.locator('head link[rel=alternate][type="application/feed+json"]').getAttribute('href');
    expect(atom).toContain('q=kwikstaartproef');

    const feed = await request.get(atom!);
    expect(feed.headers()['content-type']).toMatch(/^application\/atom\+xml/);
    const titles = await page.evaluate((text) => {
      const document = new DOMParser().parseFromString(text, 'application/xml');
      if (document.querySelector('parsererror')) throw new Error(document.documentElement.textContent!);
      return [...document.querySelectorAll('entry > title')].map((title) => title.textContent);
    }, await feed.text());
    expect(titles.sort()).toEqual((await search.titles()).sort());

    const items = await (await request.get(json!)).json();
    expect(items.version).toMatch(/^https:\/\/jsonfeed.org\/version\/1/);
    expect(items.items).toHaveLength(4);
    for (const item of items.items) expect((await request.get(item.url)).status()).toBe(200);
  });
}

test('robots.txt names the sitemap, and every address of it can be opened', async ({ request, baseURL }) => {
  const robots = await (await request.get('/robots.txt')).text();
  const sitemap = /^Sitemap: (.+)$/m.exec(robots)![1];
  expect(sitemap.startsWith(baseURL!)).toBe(true);
  const locations = (text: string) => [...text.matchAll(/<loc>([^<]+)<\/loc>/g)].map((found) => found[1].replaceAll('&amp;', '&'));
  let addresses = locations(await (await request.get(sitemap)).text());
  const parts = addresses.filter((address) => /\.xml/.test(address));
  for (const part of parts) addresses = addresses.concat(locations(await (await request.get(part)).text()));
  const pages = addresses.filter((address) => !/\.xml/.test(address));
  expect(pages.length).toBeGreaterThan(500);
  expect(new Set(pages).size).toBe(pages.length);
  for (const path of Object.values(PATHS.nl)) expect(pages).toContain(path === '/' ? `${baseURL}/` : baseURL + path);
  // Every thirtieth is enough to know.
  for (const page of pages.filter((_, number) => number % 30 === 0)) expect((await request.get(page, { maxRedirects: 0 })).status(), page).toBe(200);
});

test('an unchanged feed is not sent again', async ({ request }) => {
  const first = await request.get('/vacatures.atom');
  const tag = first.headers()['etag'];
  expect(tag).toBeTruthy();
  expect((await request.get('/vacatures.atom', { headers: { 'If-None-Match': tag } })).status()).toBe(304);
});

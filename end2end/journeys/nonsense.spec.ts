import { SearchPage } from '../hub/search';
import { expect, test } from '../hub/test';
import { LANGUAGES, PATHS } from '../hub/words';

const FIELDS = ['q', 'soort', 'niveau', 'richting', 'sector', 'gemeente', 'taal', 'start', 'uren', 'thuiswerken', 'grens', 'vergoeding', 'plaats', 'straal', 'sorteer', 'pagina', 'onbekend'];
const NONSENSE = [
  '', '%20', '%00', '%0A%0D', '%FF%FE', '%', '%ZZ', '%u0041', encodeURIComponent('🦆👩‍👩‍👧‍👦é̂̃'), encodeURIComponent(`'"\`;--/*`), encodeURIComponent("' OR 1=1 --"), encodeURIComponent('../../etc/passwd'),
  encodeURIComponent('‮gnirts‬'), 'x'.repeat(10_240), encodeURIComponent('é'.repeat(1_000)), '-1', '0', '99999999999999999999', '1e309', 'NaN', '2027-13', 'a&b=c', encodeURIComponent('<>&'), encodeURIComponent('{"$gt":""}'), '*', '(((', '\\', '[', '+++',
];

test('nonsense in any field of an address is never our fault', async ({ request }) => {
  test.setTimeout(180_000);
  for (const field of FIELDS) {
    for (const value of NONSENSE) {
      const answer = await request.get(`/vacatures?${field}=${value}`);
      expect(answer.status(), `${field}=${value.slice(0, 40)}`).toBeLessThan(500);
      if (value.length < 2_000) expect(answer.status(), `${field}=${value.slice(0, 40)}`).toBe(200);
    }
  }
});

test('nonsense in the address itself is never our fault', async ({ request, baseURL }) => {
  const paths = ['/%00', '/%FF', '/..%2f..%2fetc%2fpasswd', '/vacatures/%F0%9F%A6%86', '/vacatures/-1', '/vacatures/99999999999999999999', `/vacatures/${'x'.repeat(3_000)}`, '/organisaties/%00', '/agenda/%2e%2e', '/ics/x.ics', '/qr/..%2f.svg',
    '/logos/..%2fhub.db', '/sitemaps/x.xml', '/vacatures.atom?q=%00', '/vacatures.json?pagina=-1', '/de/stellen/%ZZ', '/vacatures//x', '/api/search_vacancies', '/api/search_vacancies?filter=%00&language=xx', '/pkg/..%2f..%2fCargo.toml'];
  for (const path of [...paths, `${baseURL}//elders.example`, `${baseURL}//elders.example/..`]) {
    const answer = await request.get(path, { maxRedirects: 0 });
    expect(answer.status(), path).toBeLessThan(500);
    expect(answer.headers()['location'] ?? '', path).not.toMatch(/^\/\/|elders/);
  }
});

test('methods that nobody offers are refused politely', async ({ request }) => {
  for (const method of ['POST', 'PUT', 'DELETE', 'PATCH', 'OPTIONS', 'HEAD']) {
    for (const path of ['/', '/vacatures', '/api/search_vacancies', '/vacatures.atom']) {
      const answer = await request.fetch(path, { method, data: method === 'HEAD' ? undefined : 'x=1' });
      expect(answer.status(), `${method} ${path}`).toBeLessThan(500);
    }
  }
});

for (const language of LANGUAGES) {
  test(`nonsense that is typed gives an answer (${language})`, async ({ page }) => {
    const search = new SearchPage(page, language);
    await search.open();
    for (const words of ['🦆👩‍👩‍👧‍👦', `'"\`;--`, '<b>', '\\', '%', '((((', '   ', 'x'.repeat(10_240)]) {
      await search.box.fill(words);
      await search.place.fill(words.slice(0, 80));
      await search.go.click();
      await expect(search.status.first()).not.toBeEmpty();
      await expect(page.getByRole('heading', { level: 1 })).toBeVisible();
    }
    await page.goto(PATHS[language].search);
    expect(await search.total()).toBeGreaterThan(100);
  });
}

import type { Page } from '@playwright/test';
import { vacancyPath } from '../hub/hidden';
import { SearchPage } from '../hub/search';
import { expect, isAlive, test } from '../hub/test';
import { LANGUAGES, PATHS, says, text as words } from '../hub/words';

type Json = Record<string, any>;

async function jobPosting(page: Page): Promise<Json> {
  const parts = await page.locator('script[type="application/ld+json"]').allTextContents();
  const all = parts.flatMap((part) => [JSON.parse(part)].flat()).flatMap((part: Json) => part['@graph'] ?? [part]);
  const postings = all.filter((part: Json) => part['@type'] === 'JobPosting');
  expect(postings).toHaveLength(1);
  return postings[0];
}

/** A date as the page writes it. */
function written(date: string, language: string) {
  return new Date(`${date.slice(0, 10)}T12:00:00`).toLocaleDateString(language === 'en' ? 'en-GB' : language, { day: 'numeric', month: 'long', year: 'numeric' });
}

for (const language of LANGUAGES) {
  test(`what search engines read is what people read (${language})`, async ({ page }) => {
    await page.goto(await vacancyPath(page, 'kwikstaartproef compleet', language));
    const posting = await jobPosting(page);
    const text = (await page.getByRole('main').innerText()).replace(/\u00a0/g, ' ');
    expect(posting.title).toBe(await page.getByRole('heading', { level: 1 }).innerText());
    expect(posting.hiringOrganization.name).toBe('Proefhoeve');
    expect(text).toContain('Proefhoeve');
    expect(text).toContain(posting.jobLocation.address.addressLocality);
    expect(posting.jobLocation.address.addressCountry).toBe('NL');
    expect(text).toContain(written(posting.datePosted, language));
    expect(text).toContain(written(posting.validThrough, language));
    expect([posting.employmentType].flat()).toContain('INTERN');
    expect(posting.baseSalary.currency).toBe('EUR');
    const pay = posting.baseSalary.value;
    expect(pay.unitText).toBe('MONTH');
    expect(Number(pay.value ?? pay.minValue)).toBe(512);
    expect(text).toMatch(/512/);
    expect(posting.description).toContain('kwikstaart proefje');
    expect(posting.description).toMatch(/<li>/);
    for (const words of posting.description.replace(/<[^>]+>/g, '\n').split('\n').filter((line: string) => line.trim())) {
      expect(text).toContain(words.trim());
    }
  });

  test(`what is unknown stays unknown (${language})`, async ({ page }) => {
    await page.goto(await vacancyPath(page, 'kwikstaartproef zonder gegevens', language));
    const posting = await jobPosting(page);
    expect(posting).not.toHaveProperty('baseSalary');
    expect(posting).not.toHaveProperty('estimatedSalary');
    expect(posting).not.toHaveProperty('jobStartDate');
    const terms = await page.getByRole('main').getByRole('term').allInnerTexts();
    expect(terms.map((term) => term.trim())).not.toContain(words(language, 'fact.pay'));
    // Not what stands below it: similar vacancies do say what they pay.
    for (const part of [page.getByRole('article'), page.getByRole('main').getByRole('complementary')]) {
      await expect(part).not.toContainText(/€|null|undefined|NaN|1970/);
    }
  });
}

test('one posting on every vacancy, and none on a list', async ({ page }) => {
  const search = new SearchPage(page);
  await search.open();
  await expect(page.locator('script[type="application/ld+json"]', { hasText: 'JobPosting' })).toHaveCount(0);
  const paths = await search.results.evaluateAll((links) => links.slice(0, 10).map((link) => link.getAttribute('href')!));
  for (const path of paths) {
    await page.goto(path);
    const posting = await jobPosting(page);
    for (const key of ['title', 'description', 'datePosted', 'hiringOrganization', 'jobLocation', 'identifier']) expect(posting, path).toHaveProperty(key);
    expect(posting.validThrough >= posting.datePosted).toBe(true);
  }
});

test('printed, it has a code that leads back, and no menus', async ({ page }) => {
  await page.goto(await vacancyPath(page, 'kwikstaartproef compleet'));
  await page.emulateMedia({ media: 'print' });
  const code = page.getByRole('main').getByRole('img', { name: words('nl', 'share.qr_alt') });
  await expect(code).toBeVisible();
  await expect.poll(() => code.evaluate((image) => (image instanceof HTMLImageElement ? image.naturalWidth : image.getBoundingClientRect().width))).toBeGreaterThan(20);
  await expect(page.getByRole('navigation').first()).toBeHidden();
  await expect(page.getByRole('contentinfo')).toBeHidden();
  await expect(page.getByRole('heading', { level: 1 })).toBeVisible();
  expect((await page.pdf({ format: 'A4' })).length).toBeGreaterThan(5_000);
});

test('it can be shared without anybody else looking on', async ({ page, context, baseURL }) => {
  await context.grantPermissions(['clipboard-read', 'clipboard-write']);
  await page.goto(await vacancyPath(page, 'kwikstaartproef compleet'));
  await isAlive(page);
  const bar = page.getByRole('group', { name: words('nl', 'share.title') });
  const address = page.url();
  const links = await bar.getByRole('link').evaluateAll((links) => links.map((link) => decodeURIComponent((link as HTMLAnchorElement).href)));
  expect(links.some((link) => link.startsWith('mailto:'))).toBe(true);
  for (const link of links) expect(link).toContain(address.replace(baseURL!, ''));
  const copy = bar.getByRole('button', { name: says('nl', 'share.copy') });
  await copy.click();
  expect(await page.evaluate(() => navigator.clipboard.readText())).toBe(address);
});

test('it leads to its organisation, to similar ones and back to the search', async ({ page }) => {
  const path = await vacancyPath(page, 'kwikstaartproef compleet');
  await page.goto(path);
  expect(await page.getByRole('main').getByRole('heading', { level: 3 }).count()).toBeGreaterThan(0);
  await page.getByRole('main').getByRole('link', { name: 'Proefhoeve' }).first().click();
  await expect(page.getByRole('heading', { level: 1 })).toHaveText('Proefhoeve');
  await expect(page.getByRole('main').getByRole('link', { name: 'Kwikstaartproef compleet' })).toBeVisible();
  await page.goto(path);
  await page.getByRole('navigation').getByRole('link', { name: /vacatures/i }).first().click();
  await expect(page).toHaveURL(PATHS.nl.search);
});

test('a text in another language says which, and is marked as such', async ({ page }) => {
  await page.goto(await vacancyPath(page, 'kwikstaartproef compleet', 'en'));
  await expect(page.getByRole('heading', { level: 1 })).toHaveAttribute('lang', 'nl');
  await expect(page.getByRole('main')).toContainText(words('en', 'vacancy.written_in').replace('{named}', words('en', 'language.nl')));
});

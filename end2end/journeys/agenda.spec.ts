import type { APIResponse } from '@playwright/test';
import { expect, test } from '../hub/test';
import { LANGUAGES, PATHS, says } from '../hub/words';

/** The unfolded lines of a calendar file, after a look at its form. */
async function calendar(answer: APIResponse): Promise<string[]> {
  expect(answer.status()).toBe(200);
  expect(answer.headers()['content-type']).toMatch(/^text\/calendar/);
  const text = await answer.text();
  expect(text).toMatch(/^BEGIN:VCALENDAR\r\n/);
  expect(text).toMatch(/END:VCALENDAR\r\n$/);
  expect(text.replace(/\r\n/g, '')).not.toMatch(/[\r\n]/);
  for (const line of text.split('\r\n')) expect(Buffer.byteLength(line), line).toBeLessThanOrEqual(75);
  const lines = text.replace(/\r\n[ \t]/g, '').split('\r\n');
  expect(lines).toContain('VERSION:2.0');
  for (const name of ['PRODID', 'UID', 'DTSTAMP', 'DTSTART', 'SUMMARY']) expect(lines.some((line) => line.startsWith(name)), name).toBe(true);
  return lines;
}

for (const language of LANGUAGES) {
  test(`an event is found in the agenda, and put in one's own (${language})`, async ({ page }) => {
    await page.goto(PATHS[language].events);
    await page.getByRole('main').getByRole('link', { name: /proefmiddag/i }).first().click();
    await expect(page.getByRole('heading', { level: 1 })).toHaveText(/proefmiddag/i);
    const main = page.getByRole('main');
    await expect(main).toContainText(/13[.:]30/);
    await expect(main).toContainText('Winterswijk');
    await expect(main).toContainText('Proefhoeve');
    const file = await main.getByRole('link', { name: says(language, 'event.calendar') }).first().getAttribute('href');
    const lines = await calendar(await page.request.get(file!));
    expect(lines.filter((line) => line === 'BEGIN:VEVENT')).toHaveLength(1);
    expect(lines.find((line) => line.startsWith('DTSTART'))).toMatch(/T133000$|T1[12]3000Z$/);
  });
}

test('the whole agenda can be subscribed to', async ({ page }) => {
  await page.goto(PATHS.nl.events);
  const lines = await calendar(await page.request.get('/agenda.ics'));
  const listed = lines.filter((line) => line.startsWith('SUMMARY'));
  expect(listed.some((line) => /Proefmiddag/.test(line))).toBe(true);
  await expect(page.getByRole('main').getByRole('link', { name: says('nl', 'agenda.subscribe') }).first()).toHaveAttribute('href', /^webcal:|\.ics$/);
});

test('what is for members only is shown to nobody else', async ({ page }) => {
  for (const path of [PATHS.nl.events, '/agenda.ics', '/sitemap.xml']) {
    expect(await (await page.request.get(path)).text(), path).not.toContain('Proefoverleg');
  }
});

test('an event tells search engines when and where it is', async ({ page }) => {
  await page.goto(PATHS.nl.events);
  await page.getByRole('main').getByRole('link', { name: /proefmiddag/i }).first().click();
  const parts = await page.locator('script[type="application/ld+json"]').allTextContents();
  const event = parts.flatMap((part) => [JSON.parse(part)].flat()).flatMap((part) => part['@graph'] ?? [part]).find((part) => part['@type'] === 'Event');
  expect(event.startDate).toMatch(/T13:30:00\+0[12]:00$/);
  expect(event.location.address.addressLocality).toBe('Winterswijk');
});

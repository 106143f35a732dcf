import { execFileSync } from 'node:child_process';
import { mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Page } from '@playwright/test';
import { linkIn, mailAbout, mailTo, newAddress, signIn } from '../../hub/mail';
import { expect, test } from '../../hub/test';
import { type Language, text } from '../../hub/words';

const NEW = { nl: '/meldingen/nieuw', de: '/de/benachrichtigungen/neu', en: '/en/alerts/new' } as const;

/** The office imports a sheet with one more vacancy, or with another text of it. */
async function publish(word: string, words: string, title = `Bouw mee aan een ${word}`) {
  const day = (offset: number) => new Date(Date.now() + offset * 86_400_000).toLocaleDateString('sv-SE', { timeZone: 'Europe/Amsterdam' }).split('-').reverse().join('-');
  const cells: Record<string, string> = {
    Kenmerk: `TEST-${title}`, Titel: title, Organisatie: 'Kaartkamer Geo-ICT', Soort: 'stage', Niveau: 'hbo', Studierichting: 'informatica', Vaardigheden: 'Linux',
    Plaats: 'Ruurlo', 'Uren per week': '36', 'Duur (weken)': '20', Startdatum: day(60), Sluitingsdatum: day(30), 'Vergoeding per maand': '€ 512,00', Taal: 'nl',
    Grensoverschrijdend: 'nee', Thuiswerken: 'deels', Plekken: '1', Status: 'gepubliceerd', 'Geplaatst op': day(0), Tekst: words,
  };
  const sheet = join(mkdtempSync(join(tmpdir(), 'alert-')), 'vacatures.csv');
  writeFileSync(sheet, `\uFEFF${Object.keys(cells).join(';')}\r\n${Object.values(cells).join(';')}\r\n`);
  // Another journey may import at the same moment; then one of them is asked to try again.
  await expect(async () => {
    execFileSync(process.env.HUB_SERVER!, ['import', 'vacancies', sheet], { stdio: 'pipe' });
  }).toPass({ timeout: 15_000 });
}

/** How often a vacancy was told to an address. */
async function told(page: Page, address: string, word: string): Promise<number> {
  const list = await (await page.request.get('/post')).text();
  return list.split('<li>').filter((row) => row.includes(`<p>${address} ·`) && row.includes(word)).length;
}

async function ask(page: Page, language: Language, word: string, address?: string) {
  await page.goto(`${NEW[language]}?q=${word}`);
  if (address) await page.locator('#email').fill(address);
  await page.locator('#frequency').selectOption({ label: text(language, 'alert.at_once') });
  await page.getByRole('button', { name: text(language, 'alert.button') }).click();
}

/** What is published comes by mail, and the mail leads to it. */
async function arrives(page: Page, language: Language, address: string, word: string) {
  await expect(async () => expect(await told(page, address, word)).toBe(1)).toPass({ timeout: 60_000 });
  const mail = await mailAbout(page, address, `Bouw mee aan een ${word}`);
  expect(mail).toContain(`<html lang="${language}">`);
  const vacancy = [...mail.matchAll(/href="([^"]+)"/g)].map((found) => found[1]).find((link) => link.includes('bouw-mee-aan-een'))!;
  await page.goto(new URL(vacancy).pathname);
  await expect(page.getByRole('heading', { level: 1 })).toHaveText(`Bouw mee aan een ${word}`);
}

test('a vacancy that the office publishes comes by mail, once', async ({ page, guard }) => {
  guard.expect(/ERR_ABORTED/);
  test.setTimeout(120_000);
  const [address, word] = [newAddress('daan'), `zeppelin${Date.now()}`];
  await signIn(page, address);
  await page.waitForURL('**/mijn');
  await ask(page, 'nl', word);
  await expect(page.getByText(text('nl', 'alert.done_on'))).toBeVisible();
  await publish(word, 'Een luchtschip.');
  await arrives(page, 'nl', address, word);

  // What changes is not new: the next mail tells only of another vacancy.
  await publish(word, 'Een groot luchtschip.');
  await publish(word, 'Een reis.', `Vlieg mee met een ${word}`);
  await expect(async () => expect(await told(page, address, word)).toBe(2)).toPass({ timeout: 60_000 });
  expect(await mailAbout(page, address, `Vlieg mee met een ${word}`)).not.toContain('Bouw mee');
});

for (const language of ['de', 'en'] as const) {
  test.describe('without JavaScript', () => {
    test.use({ javaScriptEnabled: false });
    test(`a vacancy comes by mail to who has no account (${language})`, async ({ page, guard }) => {
      guard.expect(/ERR_ABORTED/);
      test.setTimeout(90_000);
      const [address, word] = [newAddress('daan'), `ballon${language}${Date.now()}`];
      await ask(page, language, word, address);
      await page.goto(linkIn(await mailTo(page, address)));
      await page.getByRole('button', { name: text(language, 'alert.confirm') }).click();
      await expect(page.getByText(text(language, 'alert.done_on'))).toBeVisible();
      await publish(word, 'Een luchtschip.');
      await arrives(page, language, address, word);
    });
  });
}

import { execFileSync } from 'node:child_process';
import { mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { mailAbout, newAddress, signIn } from '../../hub/mail';
import { expect, test } from '../../hub/test';
import { text } from '../../hub/words';

test('a vacancy that the office publishes comes by mail, once', async ({ page, guard }) => {
  guard.expect(/ERR_ABORTED/);
  test.setTimeout(90_000);
  const address = newAddress('daan');
  const word = `zeppelin${Date.now()}`;
  await signIn(page, address);
  await page.waitForURL('**/mijn');
  await page.goto(`/meldingen/nieuw?q=${word}`);
  await page.locator('#frequency').selectOption({ label: text('nl', 'alert.at_once') });
  await page.getByRole('button', { name: text('nl', 'alert.button') }).click();
  await expect(page.getByText(text('nl', 'alert.done_on'))).toBeVisible();

  // The office imports a sheet with one more vacancy.
  const day = (offset: number) => new Date(Date.now() + offset * 86_400_000).toLocaleDateString('sv-SE', { timeZone: 'Europe/Amsterdam' }).split('-').reverse().join('-');
  const cells: Record<string, string> = {
    Kenmerk: `TEST-${word}`, Titel: `Bouw mee aan een ${word}`, Organisatie: 'Kaartkamer Geo-ICT', Soort: 'stage', Niveau: 'hbo', Studierichting: 'informatica', Vaardigheden: 'Linux',
    Plaats: 'Ruurlo', 'Uren per week': '36', 'Duur (weken)': '20', Startdatum: day(60), Sluitingsdatum: day(30), 'Vergoeding per maand': '€ 512,00', Taal: 'nl',
    Grensoverschrijdend: 'nee', Thuiswerken: 'deels', Plekken: '1', Status: 'gepubliceerd', 'Geplaatst op': day(0), Tekst: 'Een luchtschip.',
  };
  const sheet = join(mkdtempSync(join(tmpdir(), 'alert-')), 'vacatures.csv');
  writeFileSync(sheet, `\uFEFF${Object.keys(cells).join(';')}\r\n${Object.values(cells).join(';')}\r\n`);
  execFileSync(process.env.HUB_SERVER!, ['import', 'vacancies', sheet], { stdio: 'pipe' });

  await expect(async () => {
    const list = await (await page.request.get('/post')).text();
    expect(list).toContain(word);
  }).toPass({ timeout: 60_000 });
  const mail = await mailAbout(page, address, `Bouw mee aan een ${word}`);
  const [vacancy] = [...mail.matchAll(/href="([^"]+)"/g)].map((found) => found[1]).filter((link) => link.includes('bouw-mee-aan-een'));
  await page.goto(new URL(vacancy).pathname);
  await expect(page.getByRole('heading', { level: 1 })).toHaveText(`Bouw mee aan een ${word}`);
});

import { lookAt } from '../hub/axe';
import { linkIn, mailTo, newAddress, signIn } from '../hub/mail';
import { expect, test } from '../hub/test';
import { PATHS, says, text } from '../hub/words';

const NEW = { nl: '/meldingen/nieuw', de: '/de/benachrichtigungen/neu', en: '/en/alerts/new' } as const;

// With a script once; in the other languages as a form alone.
for (const [language, javaScriptEnabled] of [['nl', true], ['de', false], ['en', false]] as const) {
  test.describe(javaScriptEnabled ? 'with JavaScript' : 'without JavaScript', () => {
    test.use({ javaScriptEnabled });

    test(`a search becomes an alert, is changed and stopped (${language})`, async ({ page, guard }) => {
      // A page that is left while something is on its way.
      guard.expect(/ERR_ABORTED/);
      const address = newAddress('lotte');
      await page.goto(`${PATHS[language].search}?q=lassen`);
      await page.getByRole('link', { name: text(language, 'alert.ask') }).click();
      await page.waitForURL(`**${NEW[language]}?q=lassen`);
      await expect(page.getByText('“lassen”')).toBeVisible();
      await page.locator('#email').fill(address);
      await page.locator('#frequency').selectOption({ label: text(language, 'alert.weekly') });
      await page.getByRole('button', { name: text(language, 'alert.button') }).click();
      await expect(page.getByRole('heading', { level: 1 })).toHaveText(text(language, 'apply.done_title'));

      const mail = await mailTo(page, address);
      expect(mail).not.toContain('lassen');
      expect(mail).toContain(`<html lang="${language}">`);
      await page.goto(linkIn(mail));
      await page.getByRole('button', { name: text(language, 'alert.confirm') }).click();
      await expect(page.getByText(text(language, 'alert.done_on'))).toBeVisible();
      await expect(page.locator('select[name=frequency]')).toHaveValue('elke-week');
      await page.locator('select[name=frequency]').selectOption({ label: text(language, 'alert.at_once') });
      await page.getByRole('button', { name: text(language, 'alert.save') }).click();
      await expect(page.locator('select[name=frequency]')).toHaveValue('meteen');
      await page.locator('button[value=stop]').click();
      await expect(page.getByRole('heading', { name: text(language, 'alert.none') })).toBeVisible();
    });
  });
}

test('while somebody types, the link to an alert follows', async ({ page, guard }) => {
  guard.expect(/ERR_ABORTED/);
  await page.goto('/vacatures');
  await expect(page.locator('html')).toHaveAttribute('data-ready', '');
  await page.locator('#q').pressSequentially('robot');
  await expect(page.getByRole('link', { name: text('nl', 'alert.ask') })).toHaveAttribute('href', '/meldingen/nieuw?q=robot');
});

test('a talent fills in a profile, sees what fits, keeps it and follows its organisation', async ({ page, guard }) => {
  guard.expect(/ERR_ABORTED|422/);
  await signIn(page, newAddress('noor'));
  await page.waitForURL('**/mijn');
  await page.getByRole('link', { name: text('nl', 'profile.title') }).click();
  await page.locator('#hours').fill('veel');
  await page.locator('#programme').fill('Werktuigbouwkunde');
  await page.getByRole('button', { name: text('nl', 'account.save') }).click();
  await expect(page.locator('#hours-fault')).toBeVisible();
  await expect(page.locator('#programme')).toHaveValue('Werktuigbouwkunde');
  await page.locator('#hours').fill('40');
  await page.locator('#level').selectOption('hbo');
  await page.getByRole('checkbox', { name: 'werktuigbouwkunde' }).check();
  for (const [at, skill] of ['SolidWorks', 'lastechniek', 'CNC', 'tekeninglezen'].entries()) await page.locator(`#skill-${at}`).fill(skill);
  await page.locator('#home').fill('Ulft');
  await page.getByRole('button', { name: text('nl', 'account.save') }).click();
  await expect(page.getByText(text('nl', 'profile.saved'))).toBeVisible();

  await page.goto('/vacatures?sorteer=past');
  const first = page.locator('.card').first();
  await expect(first.locator('.mark')).toContainText(text('nl', 'fit.title'));
  const marks = await page.locator('.card .mark').allTextContents();
  const titles = await page.locator('.card h3').allTextContents();
  // The engine in the browser says the same as the server did.
  await expect(page.locator('html')).toHaveAttribute('data-index', '');
  await page.locator('#sorteer').selectOption('nieuwste');
  await page.waitForURL('**/vacatures?sorteer=nieuwste');
  await page.locator('#sorteer').selectOption('past');
  await page.waitForURL('**/vacatures?sorteer=past');
  await expect(page.locator('.card h3')).toHaveText(titles);
  await expect(page.locator('.card .mark')).toHaveText(marks);

  await first.getByRole('link').first().click();
  const title = await page.getByRole('heading', { level: 1 }).textContent();
  await page.getByRole('link', { name: text('nl', 'saved.save'), exact: true }).click();
  await page.locator('#note').fill('Bellen na vrijdag');
  await page.getByRole('button', { name: text('nl', 'saved.save'), exact: true }).click();
  await expect(page.getByText(text('nl', 'saved.done'))).toBeVisible();
  await expect(page.getByText('Bellen na vrijdag')).toBeVisible();
  await page.getByRole('link', { name: title! }).click();
  await page.locator('.page-header').getByRole('link').first().click();
  await page.getByRole('link', { name: text('nl', 'alert.follow') }).click();
  await page.getByRole('button', { name: text('nl', 'alert.follow_button') }).click();
  await expect(page.getByRole('heading', { name: text('nl', 'alert.followed') })).toBeVisible();

  await page.goto('/mijn/profiel#fits');
  await page.locator('input[name=fits]').uncheck();
  await page.getByRole('button', { name: text('nl', 'account.save') }).click();
  await page.goto('/vacatures');
  await expect(page.locator('.card').first()).toBeVisible();
  await expect(page.locator('.card .mark')).toHaveCount(0);
});

test('axe finds nothing on the pages of a talent', async ({ page }) => {
  await signIn(page, newAddress('axe'));
  await page.waitForURL('**/mijn');
  await page.goto('/meldingen/nieuw?soort=stage');
  await page.getByRole('button', { name: text('nl', 'alert.button') }).click();
  await expect(page.getByText(says('nl', 'alert.done_on'))).toBeVisible();
  for (const path of ['/mijn', '/mijn/profiel', '/mijn/bewaard', '/meldingen', '/meldingen/nieuw?q=las', '/mijn/bewaard?vacature=']) {
    await page.goto(path);
    await lookAt(page, path);
  }
});

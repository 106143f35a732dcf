import { lookAt } from '../hub/axe';
import { appCode, codeIn, linkIn, mailTo, newAddress, signIn } from '../hub/mail';
import { expect, test } from '../hub/test';
import { type Language, says, text } from '../hub/words';

const SIGN_IN: Record<Language, { start: string; path: string; code: string; my: string }> = {
  nl: { start: '/', path: '/inloggen', code: '/inloggen/code', my: '/mijn' },
  de: { start: '/de', path: '/de/anmelden', code: '/de/anmelden/code', my: '/de/mein' },
  en: { start: '/en', path: '/en/sign-in', code: '/en/sign-in/code', my: '/en/my' },
};

for (const language of ['nl', 'de', 'en'] as const) {
  for (const javaScriptEnabled of [true, false]) {
    test.describe(javaScriptEnabled ? 'with JavaScript' : 'without JavaScript', () => {
      test.use({ javaScriptEnabled });

      test(`a new talent signs in by mail (${language})`, async ({ page }) => {
        const address = newAddress('sanne');
        const { start, path, code, my } = SIGN_IN[language];
        await page.goto(start);
        await page.getByRole('link', { name: says(language, 'sign_in.title') }).first().click();
        await page.waitForURL(`**${path}`);
        await page.locator('#email').fill(address);
        await page.getByRole('button', { name: says(language, 'sign_in.send') }).click();
        await page.waitForURL(`**${code}`);
        await expect(page.getByRole('heading', { level: 1 })).toHaveText(text(language, 'sign_in.sent_title'));
        await expect(page.getByText(address)).toBeVisible();

        const mail = await mailTo(page, address);
        expect(mail).toContain(`<html lang="${language}">`);
        await page.goto(linkIn(mail));
        await expect(page.getByRole('heading', { level: 1 })).toHaveText(text(language, 'sign_in.new_title'));
        await page.getByRole('button', { name: says(language, 'sign_in.new_button') }).click();
        await page.waitForURL(`**${my}`);
        await expect(page.getByText(address)).toBeVisible();
        await page.reload();
        await expect(page.getByText(address)).toBeVisible();
        await expect(page.getByRole('link', { name: says(language, 'my.link') })).toBeVisible();

        await page.getByRole('link', { name: says(language, 'my.account') }).click();
        await page.getByRole('button', { name: says(language, 'account.sign_out') }).first().click();
        await expect(page.getByRole('link', { name: says(language, 'sign_in.title') }).first()).toBeVisible();
      });
    });
  }
}

test('a page that is for who is signed in is shown after signing in', async ({ page }) => {
  const address = newAddress('tim');
  await page.goto('/mijn/account');
  await page.waitForURL('**/inloggen?naar=%2Fmijn%2Faccount');
  await page.locator('#email').fill(address);
  await page.keyboard.press('Enter');
  await page.waitForURL('**/inloggen/code');
  await page.locator('#code').fill(codeIn(await mailTo(page, address)));
  await page.keyboard.press('Enter');
  await page.waitForURL('**/mijn/account');
});

test('a wrong address is explained beside its field, and stays there', async ({ page, guard }) => {
  guard.expect(/422/);
  await page.goto('/inloggen');
  await page.locator('main form').evaluate((form: HTMLFormElement) => (form.noValidate = true));
  await page.locator('#email').fill('sanne@@nergens');
  await page.keyboard.press('Enter');
  await expect(page.locator('#email-fault')).toHaveText(text('nl', 'fault.email'));
  await expect(page.locator('#email')).toHaveValue('sanne@@nergens');
  await expect(page.locator('#email')).toHaveAttribute('aria-describedby', 'email-fault');
});

test('a password is set, refused when it is wrong, and lets in', async ({ page, context, guard }) => {
  guard.expect(/422/);
  const address = newAddress('lotte');
  await signIn(page, address);
  await page.goto('/mijn/account');
  await page.locator('#name').fill('Lotte van den Berg');
  await page.getByRole('button', { name: 'Opslaan' }).click();
  await expect(page.getByRole('status')).toHaveText('Opgeslagen.');
  await expect(page.locator('#name')).toHaveValue('Lotte van den Berg');
  await page.locator('#password').fill('wachtwoord');
  await page.getByRole('button', { name: 'Instellen' }).click();
  await expect(page.locator('#password-fault')).toHaveText(text('nl', 'account.password_common'));
  await page.locator('#password').fill('vier koeien in de wei');
  await page.getByRole('button', { name: 'Instellen' }).click();
  await expect(page.getByRole('status')).toHaveText(text('nl', 'account.done_password'));

  await context.clearCookies();
  await page.goto('/inloggen');
  await page.locator('#email').fill(address);
  await page.getByText('Inloggen met een wachtwoord').click();
  await page.locator('#password').fill('vijf koeien in de wei');
  await page.keyboard.press('Enter');
  await expect(page.locator('#password-fault')).toHaveText(text('nl', 'sign_in.wrong'));
  await expect(page.locator('#email')).toHaveValue(address);
  await page.locator('#password').fill('vier koeien in de wei');
  await page.keyboard.press('Enter');
  await page.waitForURL('**/mijn');
  await expect(page.getByRole('heading', { level: 1 })).toHaveText('Dag Lotte van den Berg');
});

test('staff set up the second step, and take it the next time', async ({ page, context, guard }) => {
  guard.expect(/422/);
  await signIn(page, 'joost@smarthub-achterhoek.example');
  await page.waitForURL('**/inloggen/tweede-stap');
  await expect(page.getByRole('img', { name: text('nl', 'second_step.picture') })).toBeVisible();
  const letters = (await page.locator('figcaption code').textContent())!;
  await page.locator('#code').fill('000000');
  await page.getByRole('button', { name: 'Verder' }).click();
  await expect(page.locator('#code-fault')).toHaveText(text('nl', 'second_step.wrong'));
  expect(await page.locator('figcaption code').textContent()).toBe(letters);
  await page.locator('#code').fill(appCode(letters));
  await page.getByRole('button', { name: 'Verder' }).click();
  const codes = await page.locator('.codes code').allTextContents();
  expect(codes).toHaveLength(10);
  await page.getByRole('link', { name: 'Verder' }).click();
  await expect(page.getByText('programmabureau als redacteur')).toBeVisible();

  await context.clearCookies();
  await page.goto('/inloggen');
  await page.locator('#email').fill('joost@smarthub-achterhoek.example');
  await page.keyboard.press('Enter');
  await page.waitForURL('**/inloggen/code');
  await page.locator('#code').fill(codeIn(await mailTo(page, 'joost@smarthub-achterhoek.example', 1)));
  await page.keyboard.press('Enter');
  await page.waitForURL('**/inloggen/tweede-stap');
  await page.locator('#code').fill(codes[3].toUpperCase());
  await page.getByRole('button', { name: 'Verder' }).click();
  await page.waitForURL('**/mijn');

  // Another phone, begun with a recovery code.
  await page.goto('/mijn/account');
  await expect(page.getByText('Je hebt nog 9 herstelcodes.')).toBeVisible();
  await page.getByText(text('nl', 'second_step.change'), { exact: true }).click();
  await page.locator('#code').fill(codes[4]);
  await page.getByRole('button', { name: 'Verder' }).click();
  await expect(page.getByRole('heading', { level: 1 })).toHaveText(text('nl', 'second_step.other_title'));
  const others = (await page.locator('figcaption code').textContent())!;
  expect(others).not.toBe(letters);
  await page.locator('#code').fill(appCode(others));
  await page.getByRole('button', { name: 'Verder' }).click();
  await expect(page.locator('.codes code')).toHaveCount(10);
  await page.getByRole('link', { name: 'Verder' }).click();
  await page.waitForURL('**/mijn/account');
});

for (const [language, account, erase] of [
  ['nl', '/mijn/account', '/mijn/wissen'],
  ['de', '/de/mein/konto', '/de/mein/loeschen'],
  ['en', '/en/my/account', '/en/my/erase'],
] as const) {
  test.describe('without JavaScript', () => {
    test.use({ javaScriptEnabled: false });

    test(`a talent takes all data along and erases the account (${language})`, async ({ page, guard }) => {
      guard.expect(/422/);
      const address = newAddress('weg');
      await signIn(page, address);
      await page.goto(account);
      const download = page.waitForEvent('download');
      await page.getByRole('link', { name: says(language, 'account.data_download') }).click();
      expect((await download).suggestedFilename()).toMatch(/^mijn-gegevens-\d{4}-\d\d-\d\d\.json$/);

      await page.getByRole('link', { name: says(language, 'account.erase') }).click();
      await page.waitForURL(`**${erase}`);
      await page.locator('#email').fill('iemand@anders.example');
      await page.getByRole('button', { name: says(language, 'erase.button') }).click();
      await expect(page.locator('#email-fault')).toHaveText(text(language, 'erase.address_wrong'));
      await page.locator('#email').fill(address.toUpperCase());
      await page.getByRole('button', { name: says(language, 'erase.button') }).click();
      await expect(page.getByRole('heading', { level: 1 })).toHaveText(text(language, 'erase.done_title'));
      await expect(page.getByRole('link', { name: says(language, 'sign_in.title') }).first()).toBeVisible();
    });
  });
}

test('axe finds nothing on the pages of an account', async ({ page, guard }) => {
  guard.expect(/422|410/);
  const address = newAddress('axe');
  const look = (name: string) => lookAt(page, name);
  await page.goto('/inloggen');
  await page.getByText('Inloggen met een wachtwoord').click();
  await look('sign in');
  await page.locator('#email').fill(address);
  await page.getByRole('button', { name: 'Stuur mij een link' }).click();
  await page.waitForURL('**/inloggen/code');
  await look('code');
  await page.goto(linkIn(await mailTo(page, address)));
  await look('link');
  await page.locator('main form button').click();
  await page.waitForURL('**/mijn');
  await look('my');
  await page.goto('/mijn/account');
  await page.locator('#password').fill('kort');
  await page.getByRole('button', { name: 'Instellen' }).click();
  await look('account with a fault');
  await page.goto('/mijn/wissen');
  await look('erasing the account');
  await page.goto('/inloggen/verlopen');
  await look('link that leads nowhere');
});

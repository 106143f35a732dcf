import { expect, isAlive, test } from '../hub/test';
import { LANGUAGES, PATHS } from '../hub/words';

// The guard of the test itself looks for logged errors, breaches of the security policy and other hosts.
for (const language of LANGUAGES) {
  test(`pages in ${language} load cleanly, name themselves and link to what exists`, async ({ page, request, baseURL }) => {
    test.setTimeout(90_000);
    const links = new Set<string>();
    const titles = new Set<string>();
    for (const path of Object.values(PATHS[language])) {
      const answer = await page.goto(path);
      await isAlive(page);
      expect(answer!.status(), path).toBe(200);
      expect(answer!.headers()['content-security-policy'], path).toMatch(/script-src [^;]*'nonce-/);
      expect(answer!.headers()['content-security-policy'], path).not.toMatch(/script-src [^;]*'unsafe-inline'/);
      await expect(page.locator('html')).toHaveAttribute('lang', language);
      await expect(page.getByRole('heading', { level: 1 })).toHaveCount(1);
      await expect(page.locator('head meta[name=description]')).toHaveAttribute('content', /.{30,}/);
      await expect(page.locator('head link[rel=canonical]')).toHaveAttribute('href', baseURL + path);
      titles.add(await page.title());
      for (const href of await page.getByRole('link').evaluateAll((all) => all.map((link) => (link as HTMLAnchorElement).href))) {
        if (href.startsWith(baseURL!)) links.add(href.replace(/#.*/, ''));
      }
    }
    expect(titles.size).toBe(Object.keys(PATHS[language]).length);
    for (const link of links) expect((await request.get(link)).status(), link).toBe(200);
  });
}

test('pictures for shared links exist and have their size', async ({ page, request }) => {
  for (const path of Object.values(PATHS.nl)) {
    await page.goto(path);
    const picture = await page.locator('head meta[property="og:image"]').getAttribute('content');
    const answer = await request.get(picture!);
    expect(answer.status(), picture!).toBe(200);
    expect(answer.headers()['content-type']).toBe('image/png');
    const body = await answer.body();
    expect([body.readUInt32BE(16), body.readUInt32BE(20)]).toEqual([1200, 630]);
  }
});

test('nothing moves for people who ask for rest', async ({ page }) => {
  await page.emulateMedia({ reducedMotion: 'reduce' });
  for (const path of Object.values(PATHS.nl)) {
    await page.goto(path);
    const moving = await page.evaluate(() =>
      [...document.querySelectorAll('*')].filter((part) => {
        const style = getComputedStyle(part);
        return [style.transitionDuration, style.animationDuration].some((time) => time.split(',').some((one) => parseFloat(one) > 0.01));
      }).map((part) => part.outerHTML.slice(0, 80)),
    );
    expect(moving, path).toEqual([]);
  }
});

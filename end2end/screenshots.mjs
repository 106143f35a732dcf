// Shoots every kind of page, on a phone, a tablet and a wide screen, by day and by night.
//   scripts/with-hub.sh node end2end/screenshots.mjs FOLDER [nl|de|en] [PAGE...]
import { mkdirSync } from 'node:fs';
import { chromium } from '@playwright/test';

const [folder, language = 'nl', ...only] = process.argv.slice(2);
const hub = process.env.HUB_URL ?? 'http://127.0.0.1:3000';
if (!folder) throw new Error('usage: screenshots.mjs FOLDER [nl|de|en] [PAGE...]');
mkdirSync(folder, { recursive: true });

const SIZES = [[390, 844], [768, 1024], [1440, 900]];
const PATHS = {
  nl: { home: '/', search: '/vacatures', organisations: '/organisaties', agenda: '/agenda', about: '/over', privacy: '/privacy', accessibility: '/toegankelijkheid' },
  de: { home: '/de', search: '/de/stellen', organisations: '/de/organisationen', agenda: '/de/termine', about: '/de/ueber-uns', privacy: '/de/datenschutz', accessibility: '/de/barrierefreiheit' },
  en: { home: '/en', search: '/en/vacancies', organisations: '/en/organisations', agenda: '/en/events', about: '/en/about', privacy: '/en/privacy', accessibility: '/en/accessibility' },
}[language];

/** The first address on a page that lies below another. */
async function firstBelow(path) {
  const text = await (await fetch(hub + path)).text();
  return new RegExp(`href="(${path}/[^"/?#]+)"`).exec(text)?.[1] ?? path;
}

const vacancy = await firstBelow(PATHS.search);
const pages = {
  ...PATHS,
  'search-chosen': `${PATHS.search}?q=lasrobot&soort=stage&soort=afstudeeropdracht&niveau=hbo&plaats=Ulft&straal=50`,
  'search-nothing': `${PATHS.search}?q=lasrobot&soort=bijbaan&niveau=wo-master&plaats=Ulft&straal=5`,
  'search-wrong-place': `${PATHS.search}?plaats=Ulftt`,
  vacancy,
  organisation: await firstBelow(PATHS.organisations),
  event: await firstBelow(PATHS.agenda),
  'not-found': `${PATHS.search}/bestaat-niet-99999999`,
};
// A vacancy that closed has no link; the demo has some among its first numbers.
for (let id = 1; id <= 60 && !pages.closed; id++) {
  const path = `${PATHS.search}/x-${id}`;
  if ((await fetch(hub + path, { redirect: 'manual' })).status === 410) pages.closed = path;
}

const browser = await chromium.launch({ executablePath: process.env.CHROMIUM ?? '/usr/bin/chromium', args: ['--no-sandbox', '--disable-dev-shm-usage'] });
for (const colorScheme of ['light', 'dark']) {
  for (const [width, height] of SIZES) {
    const context = await browser.newContext({ baseURL: hub, viewport: { width, height }, colorScheme, reducedMotion: 'reduce', locale: 'nl-NL', timezoneId: 'Europe/Amsterdam', isMobile: width < 500, hasTouch: width < 500 });
    const page = await context.newPage();
    const shoot = async (name, fullPage = true) => {
      await page.screenshot({ path: `${folder}/${name}-${width}-${colorScheme}.png`, fullPage });
      console.log(`${name}-${width}-${colorScheme}.png`);
    };
    for (const [name, path] of Object.entries(pages)) {
      if (only.length && !only.includes(name)) continue;
      await page.goto(path);
      await page.waitForLoadState('networkidle');
      await shoot(name);
      if (name === 'vacancy' && width === 1440 && colorScheme === 'light') {
        await page.emulateMedia({ media: 'print' });
        await shoot('vacancy-print');
        await page.emulateMedia({ media: 'screen' });
      }
      if (width < 500 && (name === 'search' || name === 'home')) {
        // What opens on a phone: the sheet with filters, and the menu.
        const opener = page.locator(name === 'search' ? '[popovertarget=filters]:not([popovertargetaction])' : '[popovertarget=menu]').last();
        if (await opener.isVisible()) {
          await opener.click();
          await page.waitForTimeout(300);
          await shoot(name === 'search' ? 'filters-open' : 'menu-open', false);
        }
      }
    }
    await context.close();
  }
}
await browser.close();

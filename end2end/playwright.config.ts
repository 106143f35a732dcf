import { defineConfig } from '@playwright/test';

// scripts/with-hub.sh starts the hub and says where it is.
const baseURL = process.env.HUB_URL ?? 'http://127.0.0.1:3000';

export default defineConfig({
  testDir: 'journeys',
  outputDir: 'results',
  fullyParallel: true,
  // A journey waits more than it works: three share two cores well.
  workers: 3,
  forbidOnly: true,
  retries: 0,
  failOnFlakyTests: true,
  // Ends what hangs; how fast a page is, the benchmarks say. Some journeys look at a dozen pages with axe.
  timeout: 90_000,
  expect: { timeout: 5_000 },
  reporter: [['list'], ['json', { outputFile: process.env.PLAYWRIGHT_JSON_OUTPUT_FILE ?? 'results/journeys.json' }]],
  projects: [
    { name: 'demo', testIgnore: /large\// },
    // Beside a hub with thousands of vacancies; scripts/test.sh starts one.
    { name: 'large', testMatch: /large\//, workers: 2 },
  ],
  use: {
    baseURL,
    browserName: 'chromium',
    viewport: { width: 1440, height: 900 },
    locale: 'nl-NL',
    timezoneId: 'Europe/Amsterdam',
    // The page itself can be looked at in it; pictures of every moment would cost a tenth of all time.
    trace: { mode: 'retain-on-failure', screenshots: false, sources: false },
    launchOptions: {
      executablePath: process.env.CHROMIUM ?? '/usr/bin/chromium',
      // Chromium's sandbox does not start for root, as whom continuous integration runs.
      args: ['--no-sandbox', '--disable-gpu', '--disable-dev-shm-usage'],
    },
  },
});

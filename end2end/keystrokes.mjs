// Measures the time from a key stroke to painted results, in Chromium, beside MiniSearch and Orama in the same page.
//   scripts/with-hub.sh node end2end/keystrokes.mjs STROKES THROTTLE SHEET...
// STROKES is the number of key strokes, THROTTLE how many times slower the processor is made (1: not at all), SHEET the
// spreadsheets with the hub's vacancies; without sheets the peers are left out. Prints one line of JSON.
//
// A stroke is a changed query box and its `input` event; it ends when the browser has painted the frame that follows, as told by
// a message that is sent from within that frame. In that frame are the cards that can be seen; those below the window follow
// when typing rests, and what that takes is measured by itself. The limit of 60 frames a second is switched off, or waiting for the next
// frame would be measured instead of work. The peers' time is that of their search alone: they paint nothing. Beside them
// stands the hub without painting, and beside the painting what the browser alone needs to show other results: lists that
// the server drew, set as text.
import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { chromium } from '@playwright/test';

const [strokes, throttle, ...sheets] = process.argv.slice(2);
const hub = process.env.HUB_URL;
const root = dirname(dirname(new URL(import.meta.url).pathname));

/** The rows of a spreadsheet: `;` between cells, quotes around those that hold one. */
function rows(path) {
  const text = readFileSync(path, 'utf8').replace(/^\uFEFF/, '');
  const lines = [];
  let row = [], cell = '', quoted = false;
  for (let at = 0; at < text.length; at++) {
    const sign = text[at];
    if (quoted) {
      if (sign === '"' && text[at + 1] === '"') cell += text[at++];
      else if (sign === '"') quoted = false;
      else cell += sign;
    } else if (sign === '"') quoted = true;
    else if (sign === ';') { row.push(cell); cell = ''; }
    else if (sign === '\n') { row.push(cell.replace(/\r$/, '')); lines.push(row); row = []; cell = ''; }
    else cell += sign;
  }
  const [head, ...rest] = lines;
  return rest.map(cells => Object.fromEntries(head.map((name, column) => [name, cells[column]])));
}

const documents = sheets.flatMap(rows).filter(row => row.Status === 'gepubliceerd').map((row, id) => ({
  id: String(id), title: row.Titel, skills: row.Vaardigheden.replaceAll('|', ' '), fields: row.Studierichting.replaceAll('|', ' '),
  organisation: row.Organisatie, place: row.Plaats, text: row.Tekst, kind: row.Soort, level: row.Niveau, language: row.Taal,
}));
const queries = readFileSync(join(root, 'search/tests/judged/queries.tsv'), 'utf8').split('\n')
  .filter(line => line && !line.startsWith('#')).map(line => line.split('\t')[1]);
const typed = queries.flatMap(query => [...query].map((_, at) => [...query].slice(0, at + 1).join('')));

const browser = await chromium.launch({
  executablePath: '/usr/bin/chromium',
  args: ['--no-sandbox', '--disable-gpu-vsync', '--disable-frame-rate-limit', '--disable-background-networking'],
});
const context = await browser.newContext({ viewport: { width: 390, height: 844 }, bypassCSP: true });
const page = await context.newPage();
// A hub that has just started is still packing the index.
const isOffered = async () => (await (await page.request.get(`${hub}/vacatures`)).text()).includes('data-core');
for (let waited = 0; !(await isOffered()); waited++) {
  if (waited === 60) throw new Error('the hub offers no index');
  await page.waitForTimeout(1000);
}
await page.goto(`${hub}/vacatures`);
await page.waitForFunction(() => document.documentElement.hasAttribute('data-index'), null, { timeout: 60_000 });
await page.waitForLoadState('networkidle');
const client = await context.newCDPSession(page);
if (Number(throttle) > 1) await client.send('Emulation.setCPUThrottlingRate', { rate: Number(throttle) });

// When the frame that follows has been painted.
await page.evaluate(() => {
  window.nextFrame = () => new Promise(resolve => requestAnimationFrame(() => {
    const channel = new MessageChannel();
    channel.port1.onmessage = () => resolve(performance.now());
    channel.port2.postMessage(0);
  }));
});
const times = await page.evaluate(async ({ typed, strokes }) => {
  const box = document.querySelector('#q');
  const type = async text => {
    box.value = text;
    const start = performance.now();
    box.dispatchEvent(new InputEvent('input', { bubbles: true }));
    const answered = performance.now();
    return [await nextFrame() - start, answered - start];
  };
  for (const text of typed.slice(0, 50)) await type(text);
  const times = [];
  for (let at = 0; at < strokes; at++) times.push(await type(typed[at % typed.length]));
  return times;
}, { typed, strokes: Number(strokes) });

const rests = await page.evaluate(async some => {
  const box = document.querySelector('#q');
  const wait = window.setTimeout;
  const times = [];
  for (const text of some) {
    box.value = text;
    const rested = new Promise(resolve => {
      // The program waits for typing to rest with a timer, which starts anew with every stroke.
      window.setTimeout = (act, ...rest) => wait(() => {
        const start = performance.now();
        act();
        resolve(start);
      }, ...rest);
    });
    box.dispatchEvent(new InputEvent('input', { bubbles: true }));
    window.setTimeout = wait;
    await nextFrame();
    const start = await rested;
    times.push(await nextFrame() - start);
  }
  return times;
}, typed.filter((_, at) => at % Math.max(1, Math.floor(typed.length / 200)) === 0));

const at = (sorted, share) => sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))];
const summary = values => {
  const sorted = [...values].sort((a, b) => a - b);
  return { count: sorted.length, p50: at(sorted, 0.5), p95: at(sorted, 0.95), p99: at(sorted, 0.99), max: sorted.at(-1) };
};
const result = { painted: summary(times.map(([painted]) => painted)), answered: summary(times.map(([, answered]) => answered)), rested: summary(rests) };

const every = Math.max(1, Math.floor(typed.length / 400));
const some = typed.filter((_, at) => at % every === 0);

if (documents.length > 0) {
  result.alone = summary(await page.evaluate(some => {
    const box = document.querySelector('#q');
    return some.map(text => {
      box.value = text;
      const start = performance.now();
      box.dispatchEvent(new InputEvent('input', { bubbles: true }));
      return performance.now() - start;
    });
  }, some));
  const require = createRequire(join(process.env.SMARTHUB_TOOLS, 'npm', 'package.json'));
  const folder = name => dirname(require.resolve(name));
  await page.addScriptTag({ content: readFileSync(join(folder('minisearch'), '../umd/index.js'), 'utf8') });
  result.minisearch = summary(await page.evaluate(({ documents, some }) => {
    const engine = new MiniSearch({
      fields: ['title', 'skills', 'fields', 'organisation', 'place', 'text'], storeFields: ['title', 'kind', 'level'],
      searchOptions: { boost: { title: 8, skills: 4, fields: 2 }, prefix: true, combineWith: 'AND', fuzzy: word => (word.length > 7 ? 2 : word.length > 3 ? 1 : 0) },
    });
    engine.addAll(documents);
    return some.map(text => {
      const start = performance.now();
      engine.search(text);
      return performance.now() - start;
    });
  }, { documents, some }));
  // Orama comes as many modules, which the page loads as from the hub.
  const orama = join(folder('@orama/orama'), '../browser');
  await page.route('**/orama/**', route => route.fulfill({ path: join(orama, new URL(route.request().url()).pathname.replace('/orama/', '')), contentType: 'text/javascript' }));
  result.orama = summary(await page.evaluate(async ({ documents, some }) => {
    const { create, insertMultiple, search } = await import('/orama/index.js');
    const schema = { title: 'string', skills: 'string', fields: 'string', organisation: 'string', place: 'string', text: 'string', kind: 'enum', level: 'enum', language: 'enum' };
    const engine = await create({ schema });
    await insertMultiple(engine, documents, 1000);
    const times = [];
    for (const term of some) {
      const start = performance.now();
      await search(engine, { term, tolerance: 1, limit: 15, boost: { title: 8, skills: 4, fields: 2 }, facets: { kind: {}, level: {}, language: {} } });
      times.push(performance.now() - start);
    }
    return times;
  }, { documents, some }));
}

result.list = summary(await page.evaluate(async () => {
  const listOf = async words => {
    const page = new DOMParser().parseFromString(await (await fetch(`?q=${words}`)).text(), 'text/html');
    return page.querySelector('#results').innerHTML;
  };
  const lists = await Promise.all(['d', 's', 'b', 'm', 'a'].map(listOf));
  const results = document.querySelector('#results');
  const times = [];
  for (let at = 0; at < 300; at++) {
    const start = performance.now();
    results.innerHTML = lists[at % lists.length];
    times.push(await nextFrame() - start);
  }
  return times;
}));
console.log(JSON.stringify(result));
await browser.close();

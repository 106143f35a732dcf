// Writes the spreadsheets that the journeys need beside the demo: what is closed, unknown, or hostile.
//   node end2end/fixtures.mjs FOLDER
import { mkdirSync, writeFileSync } from 'node:fs';

const folder = process.argv[2];
if (!folder) throw new Error('usage: fixtures.mjs FOLDER');
mkdirSync(folder, { recursive: true });

/** A day so many days from now, as a spreadsheet of the office has it. */
function day(offset) {
  const at = new Date(Date.now() + offset * 86_400_000);
  const [year, month, date] = at.toLocaleDateString('sv-SE', { timeZone: 'Europe/Amsterdam' }).split('-');
  return `${date}-${month}-${year}`;
}

function write(name, rows) {
  const columns = ['Kenmerk', ...Object.keys(rows[0]).filter((column) => column !== 'Kenmerk')];
  const cell = (value) => (/[";\n]/.test(value) ? `"${value.replaceAll('"', '""')}"` : value);
  const lines = [columns, ...rows.map((row) => columns.map((column) => row[column] ?? ''))];
  writeFileSync(`${folder}/${name}.csv`, '\uFEFF' + lines.map((line) => line.map(cell).join(';')).join('\r\n') + '\r\n');
}

// Every way we know to make a page run what somebody typed. Each would set `window.injected`.
const RUN = 'window.injected=(window.injected||0)+1';
const hostile = [
  `<script>${RUN}</script>`,
  `</script><script>${RUN}</script>`,
  `<img src=x onerror="${RUN}">`,
  `<svg onload="${RUN}"></svg>`,
  `<details open ontoggle="${RUN}">x</details>`,
  `<iframe srcdoc="<script>parent.${RUN}</script>"></iframe>`,
  `<a href="javascript:${RUN}" id="klik">klik hier</a>`,
  `[klik hier](javascript:${RUN})`,
  `[klik hier](JaVaScRiPt:${RUN})`,
  `[klik hier](data:text/html,<script>${RUN}</script>)`,
  `<form action="javascript:${RUN}"><button>verstuur</button></form>`,
  `<style>body{display:none}</style>`,
  `<base href="https://elders.example/">`,
].join('\n\n');

write('organisaties', [
  {
    Kenmerk: 'TEST-O-1', Naam: `Proefwerf <script>${RUN}</script> & "Zonen"`, Soort: 'onderneming', Topsector: 'ICT', Medewerkers: '12', Plaats: 'Doetinchem',
    Website: 'https://proefwerf.example', Contactpersoon: '<b>Test</b>', 'E-mail': 'test@proefwerf.example', 'KvK-nummer': '99999901', Branding: 'verbonden met',
    'Lid sinds': '01-01-2020', Omschrijving: hostile, 'Omschrijving (de)': hostile, 'Omschrijving (en)': hostile,
  },
  {
    Kenmerk: 'TEST-O-2', Naam: 'Proefhoeve', Soort: 'onderneming', Topsector: 'Agri & Food', Medewerkers: '3', Plaats: 'Winterswijk', Website: 'https://proefhoeve.example',
    'E-mail': 'test@proefhoeve.example', 'KvK-nummer': '99999902', Branding: 'verbonden met', Omschrijving: 'De Proefhoeve bestaat alleen in tests.',
  },
  {
    Kenmerk: 'TEST-O-3', Naam: 'Proefmolen', Soort: 'onderneming', Topsector: 'Agri & Food', Medewerkers: '90', Plaats: 'Winterswijk', 'KvK-nummer': '99999903', Branding: 'verbonden met',
    Omschrijving: 'De Proefmolen heeft meer plekken dan op een bladzijde passen.',
  },
]);

const vacancy = {
  Organisatie: 'Proefhoeve', Soort: 'stage', Niveau: 'hbo', Studierichting: 'informatica', Vaardigheden: 'geduld', Plaats: 'Winterswijk', 'Uren per week': '36', 'Duur (weken)': '20',
  Startdatum: day(60), Sluitingsdatum: day(30), 'Vergoeding per maand': '€ 512,00', Taal: 'nl', Grensoverschrijdend: 'nee', Thuiswerken: 'deels', Plekken: '1',
  Status: 'gepubliceerd', 'Geplaatst op': day(-20), Tekst: 'Een kwikstaart proefje.\n\n- eerst kijken\n- dan tellen',
};
write('vacatures', [
  { ...vacancy, Kenmerk: 'TEST-1', Titel: 'Kwikstaartproef compleet' },
  {
    ...vacancy, Kenmerk: 'TEST-2', Titel: 'Kwikstaartproef zonder gegevens', 'Uren per week': '', 'Duur (weken)': '', Startdatum: '', 'Vergoeding per maand': '', Studierichting: '', Vaardigheden: '',
    Thuiswerken: '', 'Geplaatst op': day(-3),
  },
  { ...vacancy, Kenmerk: 'TEST-3', Titel: 'Kwikstaartproef vervuld', Status: 'vervuld' },
  { ...vacancy, Kenmerk: 'TEST-4', Titel: 'Kwikstaartproef gisteren gesloten', Sluitingsdatum: day(-1) },
  { ...vacancy, Kenmerk: 'TEST-5', Titel: 'Kwikstaartproef sluit vandaag', Sluitingsdatum: day(0) },
  { ...vacancy, Kenmerk: 'TEST-6', Titel: 'Kwikstaartproef in concept', Status: 'concept' },
  { ...vacancy, Kenmerk: 'TEST-7', Titel: `Kwikstaartproef <script>${RUN}</script> "injectie" & 'meer'`, Organisatie: `Proefwerf <script>${RUN}</script> & "Zonen"`, Plaats: 'Doetinchem', Tekst: hostile },
  ...Array.from({ length: 17 }, (_, number) => ({ ...vacancy, Kenmerk: `TEST-M-${number + 1}`, Titel: `Maalsteen ${number + 1} draaien`, Organisatie: 'Proefmolen', Tekst: 'Meel.' })),
]);

write('bijeenkomsten', [
  {
    Kenmerk: 'TEST-E-1', Titel: `Proefmiddag <script>${RUN}</script>`, Soort: 'kennisuitwisseling', Gastheer: 'Proefhoeve', Plaats: 'Winterswijk', Begin: `${day(10)} 13:30`, Einde: `${day(10)} 17:00`,
    Capaciteit: '20', Doelgroep: 'iedereen', Taal: 'nl', Tekst: hostile,
  },
  { Kenmerk: 'TEST-E-2', Titel: 'Proefoverleg voor leden', Soort: 'kenniskring', Gastheer: 'Proefhoeve', Plaats: 'Winterswijk', Begin: `${day(11)} 09:00`, Einde: `${day(11)} 12:00`, Doelgroep: 'leden', Taal: 'nl' },
]);

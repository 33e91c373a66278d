// Measures what a reader of the shipped examples meets first: node first_page.mjs FOLDER
// The folder is made by `python -m support.sample_reports FOLDER` in `tests/`, which puts NAME.LANGUAGE.html into `examples/`.

import { readdirSync } from "node:fs";
import { join, resolve } from "node:path";
import { pathToFileURL } from "node:url";
import { chromium } from "playwright-core";

const folder = join(resolve(process.argv[2] ?? "."), "examples");
const SCREENS = [{ width: 1280, height: 900, most: 600 }, { width: 390, height: 844, most: 844 }];
const MOST = { en: 220, ja: 600 };
const MOST_PAGES = 10;
const FEWER_PAGES = { "support-chatbot": 4 };

const failures = [];
const rows = [];

function expect(name, what, value, most) {
  if (value > most) failures.push(`${name}: ${what} ${value}, at most ${most}`);
  return value;
}

const browser = await chromium.launch({
  executablePath: process.env.CHROMIUM ?? "/usr/bin/chromium",
  args: ["--headless", "--no-sandbox", "--disable-gpu", "--disable-background-networking", "--disable-component-update", "--disable-sync"],
});

async function countPages(page) {
  const pdf = await page.pdf({ format: "A4", preferCSSPageSize: true });
  return pdf.toString("latin1").match(/\/Type\s*\/Page\b(?!s)/g).length;
}

// What stands on page one, in words of English or in Japanese characters.
function countWords(text, language) {
  return language === "ja" ? text.match(/[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}ー、。「」（）]/gu)?.length ?? 0 : text.split(/\s+/u).filter((word) => /[\p{L}\p{N}]/u.test(word)).length;
}

async function measure(file) {
  const [name, language] = file.split(".");
  const page = await browser.newPage();
  const row = { name, language };
  for (const { width, height, most } of SCREENS) {
    await page.setViewportSize({ width, height });
    await page.goto(pathToFileURL(join(folder, file)).href);
    const verdict = await page.locator("#answer .laws dd, #answer .idle").first().boundingBox();
    row[`verdict at ${width}`] = expect(file, `the verdict at ${width} pixels ends at`, Math.round(verdict.y + verdict.height), most);
  }
  row.pages = expect(file, "pages of the main part", await countPages(page), FEWER_PAGES[name] ?? MOST_PAGES);
  const text = await page.evaluate(() => document.querySelector("header").innerText + "\n" + document.querySelector("#answer").innerText);
  row.words = expect(file, "words of page one", countWords(text, language), MOST[language]);
  await page.evaluate(() => document.querySelectorAll("#answer ~ *").forEach((it) => it.remove()));
  row["page one"] = expect(file, "pages of page one", await countPages(page), 1);
  rows.push(row);
  await page.close();
}

for (const file of readdirSync(folder).sort()) await measure(file);
await browser.close();
console.table(rows);
for (const failure of failures) console.log(failure);
process.exit(failures.length || !rows.length ? 1 : 0);

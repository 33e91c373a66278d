// Opens every report of a folder in Chromium and says what is wrong with it: node check.mjs FOLDER
// The folder is made by `python -m support.sample_reports FOLDER` in `tests/`. The browser is Debian's, or the one named by CHROMIUM.

import { execFileSync } from "node:child_process";
import { readdirSync, readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { dirname, join, resolve } from "node:path";
import { pathToFileURL } from "node:url";
import { chromium } from "playwright-core";

const require = createRequire(import.meta.url);
const axe = readFileSync(require.resolve("axe-core/axe.min.js"), "utf8");
const folder = resolve(process.argv[2] ?? ".");
const reports = readdirSync(folder).filter((name) => name.endsWith(".html")).sort();
const STANDARDS = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"];
const VIEWS = {
  light: {},
  dark: { colorScheme: "dark" },
  narrow: { viewport: { width: 320, height: 800 } },
  "narrow dark": { viewport: { width: 320, height: 800 }, colorScheme: "dark" },
  print: { media: "print", viewport: { width: 700, height: 900 } },
  "forced colours": { forcedColors: "active" },
};
const FEW_VIEWS = ["light", "narrow"];
const IN_FEW_VIEWS = /^(large|example-)/;

let passed = 0;
const failures = [];

function expect(what, wrong) {
  if (wrong === "" || wrong === false) passed += 1;
  else failures.push(`${what}: ${wrong}`);
}

const browser = await chromium.launch({
  executablePath: process.env.CHROMIUM ?? "/usr/bin/chromium",
  args: ["--headless", "--no-sandbox", "--disable-gpu", "--disable-background-networking", "--disable-component-update", "--disable-sync"],
});

async function open(name, { media, ...view } = {}) {
  const context = await browser.newContext({ viewport: { width: 1280, height: 900 }, ...view });
  const page = await context.newPage();
  const seen = [];
  page.on("console", (message) => seen.push(`console: ${message.text()}`));
  page.on("pageerror", (error) => seen.push(`error: ${error.message}`));
  page.on("dialog", (dialog) => { seen.push(`dialog: ${dialog.message()}`); dialog.dismiss(); });
  page.on("request", (request) => { if (request.url() !== page.url() && request.url() !== address) seen.push(`request: ${request.url()}`); });
  const address = pathToFileURL(join(folder, name)).href;
  if (media) await page.emulateMedia({ media });
  await page.goto(address);
  return { page, seen, close: () => context.close() };
}

// What axe cannot judge is a failure too, but for the contrast of the numbers in the hidden picture of the dates, and of
// a text that lies across the edge of what is in sight, which the other views judge.
function isJudgedElsewhere(it) {
  const isHidden = (node) => /text|start/.test(node.target.join());
  const isCut = (node) => node.any.some((found) => found.data?.messageKey === "elmPartiallyObscured");
  return it.id === "color-contrast" && it.nodes.every((node) => isHidden(node) || isCut(node));
}

async function accessible(page) {
  await page.evaluate(axe);
  const found = await page.evaluate((values) => window.axe.run(document, { runOnly: { type: "tag", values } }), STANDARDS);
  const told = (it) => `${it.id} at ${it.nodes.slice(0, 3).map((node) => node.target.join(" ")).join(", ")}`;
  return [...found.violations, ...found.incomplete.filter((it) => !isJudgedElsewhere(it))].map(told).join("; ");
}

const openAll = (page) => page.locator("details").evaluateAll((parts) => parts.forEach((part) => { part.open = true; }));

async function viewed(name, view) {
  const { page, seen, close } = await open(name, VIEWS[view]);
  if (view === "light") expect(`${name}, as it opens: accessible`, await accessible(page));
  await openAll(page);
  expect(`${name}, ${view}: accessible`, await accessible(page));
  const wider = await page.evaluate(() => document.documentElement.scrollWidth - innerWidth);
  expect(`${name}, ${view}: no sideways scrolling`, wider > 0 && `${wider} pixels too wide`);
  expect(`${name}, ${view}: nothing runs, nothing is fetched`, seen.join("; "));
  await close();
}

// Without a script every word is on the page, and a filter leaves just the points that fit.
async function withoutScript(name) {
  const { page, seen, close } = await open(name, { javaScriptEnabled: false });
  for (const section of await page.locator("section.open").all()) {
    const choices = await section.locator("fieldset input[id]").all();
    for (const choice of choices.slice(0, 6)) {
      const tag = await choice.getAttribute("id");
      await choice.check();
      const wanted = await section.locator(`article.${tag}`).count();
      const shown = await section.locator("article:visible").count();
      expect(`${name}: filter ${tag}`, shown !== wanted && `${shown} points shown, ${wanted} wanted`);
      await choice.locator("xpath=ancestor::fieldset").locator("input").first().check();
    }
  }
  expect(`${name}: quiet without a script`, seen.join("; "));
  await close();
}

async function withScript(name) {
  const { page, close } = await open(name);
  await openAll(page);
  const table = page.locator("table.sort").last();
  if (await table.count()) {
    const firsts = () => table.locator("tbody tr > :first-child").allInnerTexts();
    const head = table.locator("thead th").first();
    await head.getByRole("button").click();
    const up = await firsts();
    expect(`${name}: sorts`, (await head.getAttribute("aria-sort")) !== "ascending" && "no aria-sort");
    await head.getByRole("button").click();
    const down = await firsts();
    expect(`${name}: sorts back`, up.join() !== down.reverse().join() && "the order is not turned round");
  }
  await close();
}

// A link into the annex opens the part it leads to, also without a script; the rest stays closed.
async function opensAnnex(name) {
  for (const javaScriptEnabled of [true, false]) {
    const { page, close } = await open(name, { javaScriptEnabled });
    const link = page.locator('a[href^="#full-"]').first();
    if (await link.count()) {
      const target = page.locator(`[id="${(await link.getAttribute("href")).slice(1)}"]`);
      const hidden = await target.evaluate((it) => it.checkVisibility({ contentVisibilityAuto: true }));
      await link.click();
      expect(`${name}: a link opens the annex`, !(await target.isVisible()) && "it stays closed");
      expect(`${name}: the annex is closed before`, name !== "full.html" && hidden && "it was open");
    }
    await close();
  }
}

// What is closed is not printed, what is open is, and the page says how to get all.
async function printed(name) {
  const { page, close } = await open(name, { javaScriptEnabled: false });
  await page.emulateMedia({ media: "print" });
  await page.waitForTimeout(300);
  const wrong = await page.locator(".annex details").evaluateAll((parts) => parts.filter((part) => part.checkVisibility() !== part.open).length);
  expect(`${name}: prints what is open and no more`, wrong > 0 && `${wrong} are not so`);
  const note = page.locator("#annex code");
  expect(`${name}: says how to get all`, (await note.count()) > 0 && !(await note.isVisible()) && "it is hidden");
  for (const format of ["A4", "Letter"]) {
    const pdf = await page.pdf({ format, tagged: true, outline: true });
    expect(`${name}: ${format}`, !pdf.subarray(0, 5).equals(Buffer.from("%PDF-")) && "no PDF");
  }
  await close();
}

function valid() {
  try {
    execFileSync("java", ["-jar", join(dirname(require.resolve("vnu-jar")), "build/dist/vnu.jar"), "--errors-only", ...reports.map((name) => join(folder, name))], { stdio: "pipe" });
    expect("valid HTML", "");
  } catch (error) {
    expect("valid HTML", String(error.stderr ?? error).slice(0, 4000));
  }
}

async function check(name) {
  const few = IN_FEW_VIEWS.test(name);
  for (const view of few ? FEW_VIEWS : Object.keys(VIEWS)) await viewed(name, view);
  await withoutScript(name);
  await withScript(name);
  await opensAnnex(name);
  if (!few) await printed(name);
}

async function checkInTurn(names) {
  for (let name = names.pop(); name; name = names.pop()) await check(name);
}

const waiting = [...reports];
await Promise.all([checkInTurn(waiting), checkInTurn(waiting)]);
valid();
await browser.close();

for (const failure of failures) console.log(failure);
console.log(`${passed} passed, ${failures.length} failed`);
process.exit(failures.length || !reports.length ? 1 : 0);

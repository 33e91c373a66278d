// Answers the pages that ask as people do and says what is wrong with them: node ask.mjs FOLDER [OUTPUT]
// The folder is made by `python -m support.sample_forms FOLDER` in `tests/`; what is downloaded is put into OUTPUT.
// The browser is Debian's Chromium, or the one named by CHROMIUM.

import { readFileSync, readdirSync } from "node:fs";
import { createRequire } from "node:module";
import { join, resolve } from "node:path";
import { pathToFileURL } from "node:url";
import { chromium } from "playwright-core";

const require = createRequire(import.meta.url);
const axe = readFileSync(require.resolve("axe-core/axe.min.js"), "utf8");
const folder = resolve(process.argv[2] ?? "."), output = resolve(process.argv[3] ?? folder);
const STANDARDS = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"];
const VIEWS = {
  light: {},
  dark: { colorScheme: "dark" },
  narrow: { viewport: { width: 320, height: 800 } },
  "narrow dark": { viewport: { width: 320, height: 800 }, colorScheme: "dark" },
  print: { media: "print", viewport: { width: 700, height: 900 } },
  "forced colours": { forcedColors: "active" },
};
const ASK_MUCH = ["law.html", "new.html"];
const FIRST_QUESTION = 200, NEXT_QUESTION = 16;

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
  const context = await browser.newContext({ viewport: { width: 1280, height: 900 }, acceptDownloads: true, ...view });
  context.setDefaultTimeout(5000);
  const page = await context.newPage();
  const seen = [];
  const address = pathToFileURL(join(folder, name)).href;
  page.on("console", (message) => seen.push(`console: ${message.text()}`));
  page.on("pageerror", (error) => seen.push(`error: ${error.message}`));
  page.on("dialog", (dialog) => { seen.push(`dialog: ${dialog.message()}`); dialog.dismiss(); });
  page.on("request", (request) => { if (request.url() !== address && !request.url().startsWith("blob:")) seen.push(`request: ${request.url()}`); });
  if (media) await page.emulateMedia({ media });
  await page.goto(address);
  if (view.javaScriptEnabled !== false) await page.waitForSelector("#rules > p", { state: "attached" });
  return { page, seen, close: () => context.close() };
}

async function accessible(page) {
  await page.evaluate(axe);
  const found = await page.evaluate((values) => window.axe.run(document, { runOnly: { type: "tag", values } }), STANDARDS);
  const told = (it) => `${it.id} at ${it.nodes.slice(0, 3).map((node) => node.target.join(" ")).join(", ")}`;
  return [...found.violations, ...found.incomplete].map(told).join("; ");
}

// Answers what is asked, with the place of a choice for each question; false once nothing is asked.
async function answerNext(page, place = 0) {
  const choices = page.locator("input[name=answer]");
  const count = await choices.count();
  if (!count) return false;
  const asked = await page.locator("#ask").textContent();
  await choices.nth(place % count).check();
  if (await page.locator("#field-day").isVisible()) await page.fill("#input-day", "2026-03-01");
  if (await page.locator("#field-reason").isVisible()) await page.fill("#input-reason", "It cannot be so here.");
  await page.locator("button[type=submit]").click();
  const refused = await page.evaluate(() => document.querySelector("#wrong")?.textContent ?? "");
  expect("an answer leads on", refused && `${asked} says: ${refused}`);
  return true;
}

async function viewed(name, view) {
  const { page, seen, close } = await open(name, VIEWS[view]);
  expect(`${name}, ${view}, first question: accessible`, await accessible(page));
  if (view !== "print") {
    for (let number = 0; number < 8 && (await answerNext(page, number % 3)); number += 1);
    await page.locator("details").evaluateAll((parts) => parts.forEach((part) => { part.open = true; }));
    await page.waitForTimeout(50);
    expect(`${name}, ${view}, later: accessible`, await accessible(page));
  }
  const wider = await page.evaluate(() => document.documentElement.scrollWidth - innerWidth);
  expect(`${name}, ${view}: no sideways scrolling`, wider > 0 && `${wider} pixels too wide`);
  expect(`${name}, ${view}: nothing else runs, nothing is fetched`, seen.join("; "));
  await close();
}

async function withoutScript(name) {
  const { page, close } = await open(name, { javaScriptEnabled: false });
  expect(`${name}: says what to do without a script`, !(await page.locator("noscript p").first().isVisible()) && "it says nothing");
  expect(`${name}: asks nothing without a script`, (await page.locator("#asks").isVisible()) && "it does");
  await close();
}

// With keys alone: Tab to the choices, the space bar to tick, Enter to answer; the next question has the focus.
async function byKeys(name) {
  const { page, close } = await open(name);
  for (let number = 0; number < 3; number += 1) {
    const before = await page.locator("#ask").textContent();
    await page.locator("#ask").focus();
    for (let tabs = 0; tabs < 30 && !(await page.evaluate(() => document.activeElement.matches("input[name=answer]"))); tabs += 1) await page.keyboard.press("Tab");
    await page.keyboard.press("Space");
    await page.keyboard.press("Enter");
    const focused = await page.evaluate(() => document.activeElement.id);
    const after = await page.locator("#ask").textContent();
    expect(`${name}: keys answer question ${number + 1}`, before === after && `it stays at ${before}`);
    expect(`${name}: the next question has the focus`, focused !== "ask" && `it is at #${focused}`);
  }
  await close();
}

// Back shows what was answered; a change takes it back; the language can be switched at any time and loses nothing.
async function goesBack(name) {
  const { page, close } = await open(name);
  const first = await page.locator("#ask").textContent();
  await answerNext(page);
  await page.locator("#question button").nth(1).click();
  expect(`${name}: back`, (await page.locator("#ask").textContent()) !== first && "it is another question");
  expect(`${name}: back shows the answer`, !(await page.locator("input[name=answer]").first().isChecked()) && "nothing is ticked");
  await answerNext(page, 1);
  expect(`${name}: an answer can be changed`, (await page.locator("#answers ol li").count()) !== 1 && "it stands twice");
  await page.locator("#language-ja").click();
  expect(`${name}: in Japanese`, (await page.locator("html").getAttribute("lang")) !== "ja" && "it is not");
  expect(`${name}: keeps the answers in the other language`, (await page.locator("#answers ol li").count()) !== 1 && "they are gone");
  await close();
}

// Everything answered, down to the end; what is saved is what `--merge` takes, and what the page takes again.
async function saves(name) {
  const { page, seen, close } = await open(name);
  await page.fill("#input-by", 'Mia <b>"Huber"</b> \u202e\u200b 🦊');
  for (let number = 0; number < 60; number += 1) {
    if (number < 3 && (await page.locator("#input-note").count())) await page.fill("#input-note", `=1+1 </script> 'note' {${number}} \\ \u2028 ${"é".repeat(number)}`);
    if (!(await answerNext(page, number))) {
      const ways = page.locator(".ways button");
      if (!(await ways.count())) break;
      await ways.first().click();
    }
  }
  const count = await page.locator("#answers ol li").count();
  const [download] = await Promise.all([page.waitForEvent("download"), page.locator("#save button.main").click()]);
  const file = join(output, `${name.replace(".html", "")}-answers.json`);
  await download.saveAs(file);
  const saved = JSON.parse(readFileSync(file, "utf8"));
  expect(`${name}: saves every answer`, Object.keys(saved.answers).length !== count && `${Object.keys(saved.answers).length} of ${count}`);
  await page.locator("#save button").nth(1).click();
  expect(`${name}: shows the same as text`, (await page.locator("#input-text").inputValue()) !== readFileSync(file, "utf8") && "it is different");
  const again = await open(name);
  await again.page.setInputFiles("#input-file", file);
  await again.page.waitForFunction(() => document.querySelector("#loaded").textContent);
  expect(`${name}: goes on with a saved file`, (await again.page.locator("#answers ol li").count()) !== count && (await again.page.locator("#loaded").textContent()));
  await again.page.setInputFiles("#input-file", join(folder, name));
  await again.page.waitForTimeout(100);
  expect(`${name}: takes no other file`, (await again.page.locator("#answers ol li").count()) !== count && "it did");
  expect(`${name}: quiet`, [...seen, ...again.seen].join("; "));
  await again.close();
  await close();
}

// Whoever leaves is asked first if answers are not saved, and only then.
async function warns(name) {
  const { page, seen, close } = await open(name);
  await page.reload();
  expect(`${name}: leaves freely`, seen.join("; "));
  await page.waitForSelector("input[name=answer]");
  await answerNext(page);
  await page.reload({ timeout: 1000 }).catch(() => {});
  expect(`${name}: warns of answers that are not saved`, !seen.some((each) => each.startsWith("dialog")) && "it does not");
  await close();
}

// How long somebody waits who opens the page, and who answers: the middle of a few, in the best of several tries.
async function fast(name) {
  const firsts = [], nexts = [];
  for (let tries = 0; tries < 5; tries += 1) {
    const { page, close } = await open(name);
    firsts.push(await page.evaluate(() => performance.getEntriesByName("asked")[0].startTime));
    nexts.push(await timeAnswers(page));
    await close();
  }
  const [first, next] = [Math.min(...firsts), Math.min(...nexts)];
  console.log(`${name}: the first question after ${first.toFixed(0)} ms, the next after ${next.toFixed(1)} ms`);
  expect(`${name}: the first question in time`, first > FIRST_QUESTION && `${first} ms`);
  expect(`${name}: the next question in time`, next > NEXT_QUESTION && `${next} ms`);
}

async function timeAnswers(page) {
  const steps = [];
  while (steps.length < 12 && (await page.locator("input[name=answer]").count())) {
    steps.push(await page.evaluate(() => {
      const choice = document.querySelector("input[name=answer]");
      choice.click();
      if (choice.value === "day") document.querySelector("#input-day").value = "2026-03-01";
      const begun = performance.now();
      document.querySelector("button[type=submit]").click();
      document.querySelector("#ask").getBoundingClientRect();
      return performance.now() - begun;
    }));
    await page.waitForTimeout(60);
  }
  return steps.sort((one, other) => one - other)[Math.floor(steps.length / 2)];
}

const names = readdirSync(folder).filter((name) => name.endsWith(".html")).sort();
for (const name of names) {
  for (const view of Object.keys(VIEWS)) await viewed(name, view);
  await withoutScript(name);
  await saves(name);
  if (ASK_MUCH.includes(name)) { await byKeys(name); await goesBack(name); await warns(name); }
}
await fast("law.html");
await browser.close();

for (const failure of failures) console.log(failure);
console.log(`${passed} passed, ${failures.length} failed`);
process.exit(failures.length || !names.length ? 1 : 0);

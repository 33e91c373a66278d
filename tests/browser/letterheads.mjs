// Opens what is left of letterheads that have got past others: node letterheads.mjs
// Nothing may run and nobody may be asked, with our policy and without it; the letterheads as they are must do both, or
// nothing would have been shown. A server listens at the address they would send to.

import { execFileSync } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { createServer } from "node:http";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { fileURLToPath, pathToFileURL } from "node:url";
import { chromium } from "playwright-core";

const LEAST_HARM = 100;
const SECTIONS = ["answer", "requirements", "plan", "method"];
const tests = dirname(dirname(fileURLToPath(import.meta.url)));
const folder = mkdtempSync(join(tmpdir(), "letterheads-"));
let asked = [];
const server = createServer((request, response) => {
  asked.push(request.url);
  response.end();
});
await new Promise((ready) => server.listen(0, "127.0.0.1", ready));
const listener = `127.0.0.1:${server.address().port}`;
execFileSync(join(tests, "../.venv/bin/python"), ["-m", "support.hostile_letterheads", folder, listener], { cwd: tests });
const letterheads = JSON.parse(readFileSync(join(folder, "letterheads.json"), "utf8"));

const browser = await chromium.launch({
  executablePath: process.env.CHROMIUM ?? "/usr/bin/chromium",
  args: ["--headless", "--no-sandbox", "--disable-gpu", "--disable-background-networking", "--disable-component-update", "--disable-sync"],
});

// Touches everything a letterhead brought along, as somebody who reads would; links of ours and to pages are not followed.
function touch() {
  for (const it of document.querySelectorAll(".own *, body > *, svg *, math *")) {
    for (const kind of ["mouseover", "mouseenter", "focus", "toggle"]) it.dispatchEvent(new Event(kind));
    it.focus?.();
    if (!it.closest('a[href^="http"]')) it.dispatchEvent(new MouseEvent("click", { bubbles: true, cancelable: true }));
  }
}

// What stands in the last element around a letterhead, written as tenken writes it.
function readBack() {
  const escape = (text) => text.replaceAll("&", "&amp;").replaceAll("<", "&lt;").replaceAll(">", "&gt;");
  const quote = (text) => escape(text).replaceAll('"', "&quot;").replaceAll("'", "&#x27;");
  const write = (node) => [...node.childNodes].map((it) => {
    if (it.nodeType === Node.TEXT_NODE) return escape(it.data);
    const tag = it.localName;
    const begin = `<${tag}${[...it.attributes].map((at) => ` ${at.name}="${quote(at.value)}"`).join("")}>`;
    if (["br", "col", "hr", "img", "wbr"].includes(tag)) return begin;
    return `${begin}${tag === "pre" && it.textContent.startsWith("\n") ? "\n" : ""}${write(it)}</${tag}>`;
  }).join("");
  return write([...document.querySelectorAll(".own")].at(-1) ?? document.createElement("p"));
}

function findHidden(ids) {
  const shown = (it) => it?.checkVisibility({ opacityProperty: true, visibilityProperty: true }) && it.offsetHeight > 20;
  const covered = (it) => {
    it.scrollIntoView();
    const { left, top } = it.getBoundingClientRect();
    return !it.contains(document.elementFromPoint(left + 2, top + 30)) && !document.elementFromPoint(left + 2, top + 30)?.contains(it);
  };
  return ids.filter((id) => {
    const it = document.getElementById(id);
    return !shown(it) || covered(it);
  });
}

async function harm(file, look) {
  asked = [];
  const context = await browser.newContext({ viewport: { width: 1280, height: 900 } });
  const page = await context.newPage();
  const address = pathToFileURL(join(folder, file)).href;
  const seen = [];
  page.on("dialog", (dialog) => { seen.push(`ran ${dialog.message()}`); dialog.dismiss(); });
  page.on("request", (request) => { if (request.url().includes(listener)) seen.push(`asked ${request.url()}`); });
  page.on("popup", (popup) => seen.push(`opened ${popup.url()}`));
  const found = [];
  try {
    await page.goto(address, { timeout: 5000 });
    if (look) found.push(...await look(page));
    await page.evaluate(touch);
    await page.waitForTimeout(look ? 100 : 150);
  } catch (error) {
    if (look) found.push(String(error));
  }
  if (look && page.url().split("#")[0] !== address) seen.push(`went to ${page.url()}`);
  await context.close();
  return [...seen, ...asked.map((url) => `asked for ${url}`), ...found];
}

const failures = [];
let harmful = 0;
let passed = 0;
for (const [number, { name, left }] of letterheads.entries()) {
  if ((await harm(`${number}-raw.html`)).length) harmful += 1;
  for (const kind of ["ours", "open"]) {
    const found = await harm(`${number}-${kind}.html`, async (page) => {
      const hidden = await page.evaluate(findHidden, SECTIONS);
      const read = await page.evaluate(readBack);
      return [...hidden.map((id) => `${id} is hidden`), ...(left && read !== left ? [`reads ${read} for ${left}`] : [])];
    });
    if (found.length) failures.push(`${name}, ${kind}: ${found.join("; ")}`);
    else passed += 1;
  }
}
if (harmful < LEAST_HARM) failures.push(`only ${harmful} of ${letterheads.length} do harm as they are`);
await browser.close();
server.close();
rmSync(folder, { recursive: true });

for (const failure of failures) console.log(failure);
console.log(`letterheads: ${passed} passed, ${failures.length} failed; as they are, ${harmful} of ${letterheads.length} run or ask`);
process.exit(failures.length ? 1 : 0);

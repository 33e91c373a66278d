// Opens what is left of letterheads that have got past others: node letterheads.mjs
// Nothing may run and nobody may be asked, even without our policy, and with it where the letterhead is not refused; the
// letterheads as they are must do both, or nothing would have been shown. A server listens at the address they send to.

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

// What a page does: it runs something, asks somebody, opens or goes somewhere; and what else is seen when it is looked at.
async function watch(page, file, look) {
  const address = pathToFileURL(join(folder, file)).href;
  const seen = [];
  const ran = (dialog) => { seen.push(`ran ${dialog.message()}`); dialog.dismiss().catch(() => {}); };
  const sent = (request) => { if (request.url().includes(listener)) seen.push(`asked ${request.url()}`); };
  page.on("dialog", ran).on("request", sent);
  try {
    await page.goto(address, { timeout: look ? 60000 : 5000 });
    if (look) seen.push(...await look());
    await page.evaluate(touch);
    await page.waitForTimeout(100);
    if (look && page.url().split("#")[0] !== address) seen.push(`went to ${page.url()}`);
  } catch (error) {
    if (look) seen.push(String(error));
  }
  page.off("dialog", ran).off("request", sent);
  return seen;
}

async function withPages(jobs, work) {
  const waiting = [...jobs];
  const workInTurn = async () => {
    const context = await browser.newContext({ viewport: { width: 1280, height: 900 }, reducedMotion: "reduce" });
    for (let job = waiting.pop(); job; job = waiting.pop()) {
      const page = await context.newPage();
      await work(page, job);
      await page.close();
    }
    await context.close();
  };
  await Promise.all([workInTurn(), workInTurn(), workInTurn(), workInTurn()]);
}

let harmful = 0;
await withPages(Object.keys(letterheads), async (page, number) => {
  if ((await watch(page, `${number}-raw.html`)).length) harmful += 1;
});

const failures = [];
let passed = 0;
asked = [];
const jobs = letterheads.flatMap((it, number) => (it.harmless ? ["ours", "open"] : ["open"]).map((kind) => ({ ...it, number, kind })));
await withPages(jobs, async (page, { name, left, number, kind }) => {
  const found = await watch(page, `${number}-${kind}.html`, async () => {
    const hidden = await page.evaluate(findHidden, SECTIONS);
    const read = await page.evaluate(readBack);
    return [...hidden.map((id) => `${id} is hidden`), ...(left && read !== left ? [`reads ${read} for ${left}`] : [])];
  });
  if (found.length) failures.push(`${name}, ${kind}: ${found.join("; ")}`);
  else passed += 1;
});
failures.push(...asked.map((url) => `somebody asked for ${url}`));
if (harmful < LEAST_HARM) failures.push(`only ${harmful} of ${letterheads.length} do harm as they are`);
await browser.close();
server.close();
rmSync(folder, { recursive: true });

for (const failure of failures) console.log(failure);
console.log(`letterheads: ${passed} passed, ${failures.length} failed; as they are, ${harmful} of ${letterheads.length} run or ask`);
process.exit(failures.length ? 1 : 0);

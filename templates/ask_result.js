// The rest of the page: the result so far, the answers given, and the ways out of it: a file, a text, a print.

const part = (tag, text, more = {}) => make(tag, more, text);

function showResult() {
  const { say, words, findings, texts, told } = it;
  const head = part("h2", say.result, { id: "result-head" });
  if (told.asked) return [head, part("p", say.not_judged)];
  const laws = words.lawAnswers(), idle = words.idleLaws(laws);
  const telling = laws.filter(({ applies }) => applies !== NO);
  const shown = rankFindings(findings).filter((each) => each.status !== "not applicable" || each.claimed);
  return [head,
    telling.length ? make("dl", { class: "laws" }, ...telling.flatMap(showLaw)) : "",
    idle || !telling.length ? part("p", idle || texts.report.nothing_applies) : "",
    ...showNotices(), ...showFitting(),
    ...showFindings(shown.filter(isCertain)), showPossible(shown.filter((each) => !isCertain(each))),
    part("p", texts.report.made_by, { class: "meta" })];
}

const isCertain = ({ applies, claimed }) => applies === YES || claimed;

function showFindings(findings) {
  return findings.length ? [part("h3", it.say.findings), make("ul", { class: "findings" }, ...findings.map(showFinding))] : [];
}

function showPossible(findings) {
  if (!findings.length) return "";
  const head = fill(it.say.possible, { count: findings.length });
  return make("details", {}, part("summary", head), make("ul", { class: "findings" }, ...findings.map(showFinding)));
}

function showLaw({ title, sentence, notAssessed, isVoluntary }) {
  const missing = notAssessed ? make("p", { class: "meta" }, part("b", it.texts.report.not_assessed), ` ${notAssessed}`) : "";
  return [part("dt", title), make("dd", { class: isVoluntary ? "soft" : null }, sentence, missing)];
}

// What a reader must know before: that a checklist should have been read again by now.
function showNotices() {
  const stale = it.texts.checklists.filter(({ review_by: day }) => it.situation.asOf > day);
  return stale.map(({ title, review_by: day }) => part("p", fill(it.texts.notice.stale, { title, date: it.words.day(day) }), { class: "notice" }));
}

function showFitting() {
  const { told, situation, words, say } = it;
  const fits = told.rules.offers.map(([when, scope], place) => situation.evaluate(when) === YES && situation.evaluate(scope) !== NO && it.texts.offers[place]);
  const titles = fits.filter(Boolean);
  return titles.length ? [part("p", fill(say.fitting, { titles: words.some(titles, titles.length) }), { class: "notice" })] : [];
}

function showFinding(finding) {
  const { words, say, texts } = it, { requirement, status, measures, settledBy } = finding;
  const isSoft = SOFT.includes(requirement.force) ? " soft" : "";
  const missing = status === "gap" ? measures.filter(({ check, outstanding }) => check.basis === "text" && outstanding === YES) : [];
  const claimed = finding.claimed ? finding.exceptions.flatMap(({ holds }, place) => (holds === YES ? [words.textOf(requirement).exceptions[place]] : [])) : [];
  const lines = [
    [say.because, words.reasons(finding, false)],
    [say.exception_claimed, claimed],
    [say.missing, missing.map(({ check }) => texts.questions[check.question].ask)],
    [say.settles, settledBy.map((question) => words.heading(question))],
  ].filter(([, said]) => said.length);
  const first = status === "gap" && words.textOf(requirement).remedy;
  return make("li", {},
    make("p", {}, part("span", words.standing(finding), { class: `st ${findStanding(finding)}${isSoft}` }), " ", part("b", words.citedTitle(finding)), " ", part("span", words.timing(finding), { class: "meta" })),
    first ? part("p", first) : "",
    lines.length ? make("details", {}, part("summary", texts.report.reason), ...lines.flatMap(showReason)) : "");
}

function showReason([head, said]) {
  if (said.length === 1) return [make("p", { class: "meta" }, part("b", head), ` ${said[0]}`)];
  return [make("p", { class: "meta" }, part("b", head)), make("ul", { class: "meta" }, ...said.map((each) => part("li", each)))];
}

function showAnswers() {
  const { say, given, words, situation } = it;
  const rows = [...given].map(([question, { note, reason, by }]) => {
    const change = make("button", { type: "button", "aria-label": fill(say.change_of, { question: words.heading(question) }), click: () => { it.target = question; show(); } }, say.change);
    const more = [reason, note, by].filter(Boolean).map((text) => part("p", text, { class: "meta" }));
    return make("li", {}, part("p", words.heading(question)), part("p", words.answer(question, situation.answers.get(question)), { class: "said" }), ...more, change);
  });
  return [part("h2", say.answers, { id: "answers-head" }), rows.length ? make("ol", {}, ...rows) : part("p", say.no_answers)];
}

function showWho() {
  const { say } = it;
  const system = make("input", { id: "input-system", value: it.typedSystem, placeholder: say.untitled, maxlength: LONGEST_TEXT, autocomplete: "off" });
  const by = make("input", { id: "input-by", value: it.by, maxlength: LONGEST_TEXT, autocomplete: "off" });
  system.addEventListener("input", () => { it.typedSystem = system.value; page("title").textContent = it.system; });
  by.addEventListener("input", () => { it.by = by.value; });
  return [part("h2", say.who, { id: "who-head", class: "small" }), it.told.is_own ? field("system", say.system, system) : "", field("by", say.by, by, say.by_note)];
}

// Saving

const fileName = () => `${[...it.system.toLowerCase().replace(/[^\p{L}\p{N}]+/gu, "-").replace(/^-+|-+$/g, "")].slice(0, 60).join("") || "tenken"}-answers.json`;
const fileText = () => writeAnswers(it.told, it.rules, it.system, it.given);

function showSaving() {
  const { say, told, words } = it;
  const text = make("textarea", { id: "input-text", rows: 8, readonly: true, hidden: true, "aria-label": say.text });
  const input = make("input", { type: "file", id: "input-file", accept: ".json", change: () => loadFile(input.files[0]) });
  const command = told.command.join(fileName());
  page("save").replaceChildren(
    part("h2", say.save, { id: "save-head" }), part("p", it.unsaved ? words.count(say, "unsaved", it.unsaved) : it.given.size ? say.saved : say.no_answers, { id: "unsaved", role: "status" }),
    make("p", { class: "buttons" }, part("button", say.download, { type: "button", class: "main", click: download }),
      part("button", say.show_text, { type: "button", click: () => { text.value = fileText(); text.hidden = false; text.focus(); text.select(); markSaved(); } }),
      part("button", say.print, { type: "button", click: () => print() })),
    text, part("p", told.is_own ? say.own_record : say.send_back), make("pre", {}, part("code", command)),
    field("file", say.load, input), part("p", "", { id: "loaded", role: "status" }));
}

function download() {
  const address = URL.createObjectURL(new Blob([fileText()], { type: "application/json" }));
  const link = make("a", { href: address, download: fileName() });
  link.click();
  setTimeout(() => URL.revokeObjectURL(address), 10000);
  markSaved();
}

function markSaved() {
  it.unsaved = 0;
  page("unsaved").textContent = it.given.size ? it.say.saved : it.say.no_answers;
}

async function loadFile(file) {
  const { say } = it;
  try {
    const { system, given } = readAnswers(await file.text(), it.rules);
    it.typedSystem = system && it.told.is_own ? system : it.typedSystem;
    it.given = new Map([...it.given, ...given]);
    it.target = undefined;
    it.judge();
    for (const question of given.keys()) it.pass(it.reopen(question));
    show({ moves: false });
    page("loaded").textContent = it.words.count(say, "loaded", given.size);
  } catch {
    page("loaded").textContent = say.not_loaded;
  }
}

function showRules() {
  const { say, texts, told, words } = it;
  const rules = texts.checklists.map(({ title, review_by: day }, place) => make("li", {}, `${title}${texts.labels.marks.apart}${told.versions[place]}${texts.labels.marks.apart}${say.read_on} ${words.day(day)}`));
  page("rules").replaceChildren(part("p", `${say.made_by} ${told.tenken}`), make("details", {}, part("summary", say.rules), make("ul", {}, ...rules), make("p", {}, `${texts.report.content} `, part("code", page("data").dataset.sha256))));
}

async function start() {
  try {
    it = new Questionnaire(JSON.parse(await unpack(page("data").textContent)));
  } catch {
    page("broken").hidden = false;
    return;
  }
  page("asks").hidden = false;
  for (const code of Object.keys(it.told.texts))
    page(`language-${code}`).addEventListener("click", () => { it.language = code; it.judge(); show({ moves: false }); });
  addEventListener("beforeprint", () => document.querySelectorAll("#result details").forEach((each) => { each.open = true; }));
  addEventListener("beforeunload", (event) => { if (it.unsaved) event.preventDefault(); });
  show({ moves: false });
  performance.mark("asked");
}

start();

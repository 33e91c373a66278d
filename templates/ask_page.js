// The page itself: asks one question after the other, shows what that leads to, and hands the answers out as a file.
// Whatever somebody wrote is shown as text and never read as markup.

const page = (id) => document.getElementById(id);

function make(tag, attributes = {}, ...children) {
  const made = document.createElement(tag);
  for (const [name, value] of Object.entries(attributes)) {
    if (typeof value === "function") made.addEventListener(name, value);
    else if (value !== false && value !== undefined && value !== null) made.setAttribute(name, value === true ? "" : value);
  }
  made.append(...children.filter((child) => child !== "" && child !== false && child !== undefined));
  return made;
}

const twoDigits = (number) => String(number).padStart(2, "0");
const today = () => { const now = new Date(); return `${now.getFullYear()}-${twoDigits(now.getMonth() + 1)}-${twoDigits(now.getDate())}`; };
const partOf = ({ phase, law }) => ([PHASES.text, PHASES.guidance, PHASES.voluntary].includes(phase) ? `${phase} ${law}` : `${phase}`);

class Questionnaire {
  constructor(told) {
    this.told = told;
    this.rules = prepareRules(told.rules);
    this.known = new Map(told.answers.map(([place, answer]) => [place, { answer, isMeant: true }]));
    this.language = told.language;
    this.given = new Map();
    this.passed = new Map();
    this.skipped = new Set();
    this.chosen = new Set();
    this.answered = "";
    this.target = undefined;
    this.typedSystem = "";
    this.by = told.by;
    this.unsaved = 0;
    this.judge();
  }

  get texts() { return this.told.texts[this.language]; }
  get say() { return this.texts.say; }
  get system() { return cleanText(this.typedSystem) || this.told.head.system || this.say.untitled; }

  // What was said as what it means: what is explained and published nowhere, though it should be, counts as partly.
  value(place, { answer, published, isMeant }) {
    const mustPublish = this.rules.owners.get(place)?.explain === "published" && !isMeant;
    return readAnswer(this.rules.questions[place], answer[0] === "explained" && mustPublish && !published ? ["partly"] : answer);
  }

  judge() {
    const answers = new Map([...this.known, ...this.given].map(([place, given]) => [place, this.value(place, given)]));
    this.situation = new Situation(this.rules, answers, today());
    this.findings = judgeAll(this.situation);
    this.open = this.told.asked?.filter((question) => !answers.has(question)).map((question) => this.reopen(question)) ?? openQuestions(this.situation);
    this.words = new Words(this.rules, this.texts, this.situation, this.findings);
  }

  // A question as it would stand open if it had not been answered; needed by nothing while it decides nothing.
  reopen(question) {
    const answers = new Map(this.situation.answers);
    answers.delete(question);
    const open = this.told.asked ? undefined : openQuestions(new Situation(this.rules, answers, this.situation.asOf)).find((each) => each.question === question);
    const owner = this.rules.owners.get(question);
    const phase = owner ? owner.checks.find((check) => check.question === question).asked : PHASES.scope;
    return open ?? { question, phase, law: owner?.law ?? 0, neededBy: new Set(this.told.asked && owner ? [owner] : []) };
  }

  isWanted(each) {
    if (this.skipped.has(each.question)) return false;
    if (this.told.asked || each.phase === PHASES.scope || this.chosen.has(partOf(each)) || this.chosen.has(`${each.phase}`)) return true;
    return this.chosen.has("decisive") && each.phase === PHASES.text && each.isDecisive;
  }

  next() {
    if (this.target === undefined) return this.open.find((each) => this.isWanted(each));
    return this.open.find(({ question }) => question === this.target) ?? this.reopen(this.target);
  }

  take(question, given) {
    const before = this.findings;
    this.given.delete(question);
    this.given.set(question, given);
    this.unsaved += 1;
    this.skipped.delete(question);
    this.target = undefined;
    this.judge();
    this.answered = question;
    this.findingsBefore = before;
  }

  pass(each) {
    this.passed.set(each.question, partOf(each));
  }

  // The last question before one that still matters, or none.
  before(question) {
    const passed = [...this.passed.keys()], place = passed.indexOf(question);
    const stops = (place < 0 ? passed : passed.slice(0, place)).reverse();
    return stops.find((other) => this.told.asked || this.open.some((each) => each.question === other) || this.isDecisive(other));
  }

  // Whether an answer still decides something, given those asked before it or all the others.
  isDecisive(question) {
    const { rules, situation } = this, owner = rules.owners.get(question);
    if (owner) return ![judgeApplicability(owner, situation), situation.evaluate(owner.checks.find((check) => check.question === question).when)].includes(NO);
    const earlier = new Map([...situation.answers].filter(([other]) => other < question));
    return openQuestions(new Situation(rules, earlier, situation.asOf)).some((each) => each.question === question) || this.reopen(question).neededBy.size > 0;
  }

  // What is likely the answer, unless there is one that is sure, as long as what makes it likely still matters.
  suggestion(question, { answer }) {
    if (this.told.asked || answer.some((word) => word !== UNSURE && !word.endsWith(DOUBT))) return undefined;
    const found = this.words.suggestion(question);
    return found && [...found.given.keys()].every((other) => this.isDecisive(other)) ? found : undefined;
  }
}

let it;

function show({ moves = true } = {}) {
  const { say, texts, words, told } = it;
  document.documentElement.lang = it.language;
  document.title = `${it.system}${texts.labels.marks.colon}${say.kind}`;
  page("kind").textContent = say.kind;
  page("title").textContent = it.system;
  page("as-of").textContent = `${texts.report.as_of} ${words.day(it.situation.asOf)}`;
  page("skip").textContent = say.skip;
  page("offline").textContent = say.offline;
  for (const code of Object.keys(told.texts)) page(`language-${code}`).setAttribute("aria-pressed", code === it.language);
  page("languages").setAttribute("aria-label", say.language);
  const each = it.next();
  page("question").replaceChildren(...(each ? showQuestion(each) : showWays()));
  showChanges();
  if (moves) page("ask").focus();
  page("who").replaceChildren(...showWho());
  showSaving();
  setTimeout(() => { page("result").replaceChildren(...showResult()); page("answers").replaceChildren(...showAnswers()); showRules(); });
}

// The question

function showQuestion(each) {
  const { texts, say } = it, { phrases } = texts, { question } = each;
  it.pass(each);
  const told = texts.questions[question], owner = it.rules.owners.get(question);
  const given = it.given.get(question) ?? it.known.get(question) ?? { answer: [] };
  const suggested = it.suggestion(question, given);
  const source = owner ? told.source : questionSource(each);
  const form = make("form", { submit: (event) => { event.preventDefault(); answer(each); }, novalidate: true },
    make("fieldset", {}, make("legend", {}, acceptedAnswers(it.rules, question).several ? say.choose_several : say.choose_one), ...choicesOf(question).map((choice) => showChoice(question, choice, given))),
    ...extraFields(question, given), make("p", { id: "wrong", role: "alert" }),
    make("p", { class: "buttons" }, make("button", { type: "submit", class: "main" }, say.go_on),
      backButton(question),
      make("button", { type: "button", click: () => { it.skipped.add(question); it.target = undefined; show(); } }, say.later)));
  form.addEventListener("change", () => showExtraFields(question));
  setTimeout(() => showExtraFields(question));
  const more = [["full", told.full], ["example", told.example], ["but_not", told.but_not], ["who_knows", told.who_knows],
    ["requirement", owner && it.words.textOf(owner).says], ["official", told.official], ["evidence", told.evidence], ["missing", told.missing || (owner && it.words.textOf(owner).remedy)]].filter(([, text]) => text);
  return [
    make("p", { class: "kind" }, texts.sections[each.phase], texts.labels.marks.beside, progress(each)),
    owner ? make("p", { class: "subject" }, it.words.textOf(owner).title) : "",
    make("h2", { id: "ask", tabindex: -1 }, told.ask),
    told.why ? make("p", { class: "meta" }, make("b", {}, phrases.why + texts.labels.marks.colon), told.why) : "",
    suggested ? showSuggestion(question, suggested) : "",
    source ? make("p", { class: "meta" }, make("b", {}, phrases.source + texts.labels.marks.colon), source) : "",
    more.length ? make("details", {}, make("summary", {}, say.more), make("dl", {}, ...more.flatMap(([name, text]) => [make("dt", {}, phrases[name]), make("dd", {}, text)]))) : "",
    form,
  ];
}

function showSuggestion(question, { words, given, because }) {
  const said = [...given].map(([other, chosen]) => it.words.questionAndAnswer(other, it.words.answer(other, { words: chosen })));
  const likely = choicesOf(question).filter(([word]) => words.includes(word)).map(([, label]) => label);
  const text = fill(it.texts.phrases.likely, { given: it.words.some(said, 2), answer: it.words.list(likely) });
  return make("p", { class: "notice", id: "likely" }, [text, ...because].join(it.texts.labels.sentence_separator));
}

function backButton(question) {
  const isFirst = [...it.passed.keys()].every((other) => other === question);
  return isFirst ? "" : make("button", { type: "button", click: () => { it.target = it.before(question) ?? question; show(); } }, it.say.back);
}

function questionSource({ question, neededBy }) {
  const needed = [...neededBy].map((requirement) => it.rules.requirements.indexOf(requirement));
  if (needed.length > it.texts.most_cited)
    return it.words.some(needed.map((place) => it.texts.checklists[it.rules.requirements[place].checklist].title), 0);
  return it.words.some(needed.flatMap((place) => it.texts.questions[question].cites[place] ?? []), 2);
}

function progress(each) {
  const { phrases } = it.texts, part = partOf(each);
  const isDone = ([question, other]) => question !== each.question && it.situation.answers.has(question) && (it.told.asked || other === part);
  const done = [...it.passed].filter(isDone).length;
  const ahead = it.open.filter((other) => it.isWanted(other) && (it.told.asked || partOf(other) === part)).length;
  const number = done + 1;
  if (each.phase === PHASES.scope && !it.told.asked) return fill(phrases.number, { number });
  return fill(phrases.of_total, { number, total: Math.max(number, done + ahead) });
}

function choicesOf(question) {
  const { words, dated } = acceptedAnswers(it.rules, question), { choices } = it.texts.questions[question];
  const offered = (choices ?? it.texts.check_choices).filter(([word]) => words.includes(word));
  return dated ? [["day", it.texts.phrases.any_day, ""], ...offered] : offered;
}

function showChoice(question, [word, label, means], { answer: chosen }) {
  const { several } = acceptedAnswers(it.rules, question);
  const isDated = word === "day" && chosen.some(isDay), isDoubted = chosen.includes(word + DOUBT);
  const input = make("input", { type: several ? "checkbox" : "radio", name: "answer", value: word, id: `choice-${word}`, "aria-describedby": means ? `means-${word}` : null, checked: isDated || isDoubted || chosen.includes(word) });
  const canDoubt = several && ![NONE, UNSURE].includes(word);
  return make("div", { class: "choice" }, make("label", { for: `choice-${word}` }, input, " ", label),
    means ? make("p", { class: "meta", id: `means-${word}` }, means) : "",
    canDoubt ? make("label", { class: "doubt", hidden: true }, make("input", { type: "checkbox", name: "doubt", value: word, checked: isDoubted }), " ", it.say.doubt) : "");
}

function field(name, label, control, hint = "") {
  return make("p", { class: "field", id: `field-${name}` }, make("label", { for: `input-${name}` }, label), control, hint ? make("span", { class: "meta" }, hint) : "");
}

const typedField = (name, label, value = "", hint = "") => field(name, label, make("textarea", { id: `input-${name}`, rows: 2, maxlength: LONGEST_TEXT }, value), hint);

function extraFields(question, { answer, reason, published, ask, note }) {
  const { phrases } = it.texts, isExplained = answer[0] === "explained";
  const day = make("input", { id: "input-day", type: "date", value: answer.find(isDay) });
  return [field("day", it.say.day, day), typedField("reason", isExplained ? phrases.explained : phrases.reason, reason),
    typedField("published", phrases.published, published, phrases.published_hint), typedField("ask", phrases.who_would_know, ask), typedField("note", it.say.note, note)];
}

const chosenWords = () => [...document.querySelectorAll("input[name=answer]:checked")].map(({ value }) => value);

function showExtraFields(question) {
  if (!page("field-day")) return;
  const chosen = chosenWords(), isExplained = chosen.includes("explained");
  for (const box of document.querySelectorAll("input[name=doubt]")) box.parentElement.hidden = !chosen.includes(box.value);
  const isDoubtful = chosen.includes(UNSURE) || document.querySelector("label:not([hidden]) > input[name=doubt]:checked");
  page("field-day").hidden = !chosen.includes("day");
  page("field-reason").hidden = !(isExplained || chosen.includes("not_applicable"));
  page("field-reason").firstChild.textContent = isExplained ? it.texts.phrases.explained : it.texts.phrases.reason;
  page("field-published").hidden = !(isExplained && it.rules.owners.get(question)?.explain === "published");
  page("field-ask").hidden = !isDoubtful;
}

function answer({ question }) {
  const chosen = chosenWords(), { several } = acceptedAnswers(it.rules, question), { phrases } = it.texts;
  const doubted = new Set([...document.querySelectorAll("label:not([hidden]) > input[name=doubt]:checked")].map(({ value }) => value));
  const typed = (name) => (page(`field-${name}`).hidden ? "" : cleanText(page(`input-${name}`).value));
  const refuse = (text, id) => { page("wrong").textContent = text; page(id)?.focus(); };
  if (!chosen.length) return refuse(several ? it.say.choose_several : it.say.choose_one, `choice-${choicesOf(question)[0][0]}`);
  if (chosen.length > 1 && chosen.includes(NONE)) return refuse(fill(it.say.alone, { choice: it.words.answerLabel(question, NONE) }), `choice-${NONE}`);
  if (chosen[0] === "day" && !isDay(page("input-day").value)) return refuse(phrases.no_day, "input-day");
  if (!page("field-reason").hidden && !hasWords(typed("reason"))) return refuse(phrases.no_reason, "input-reason");
  const words = chosen.map((word) => (word === "day" ? page("input-day").value : doubted.has(word) ? word + DOUBT : word));
  const at = `${new Date().toISOString().slice(0, 19)}Z`;
  const texts = Object.fromEntries(["note", "reason", "published", "ask"].map((name) => [name, typed(name)]));
  it.take(question, { answer: words, by: cleanText(it.by), at, ...texts });
  show();
}

// What next

function showWays() {
  const { say, texts } = it, { phrases } = texts;
  const waiting = it.open.filter(({ question }) => !it.skipped.has(question) && !it.told.asked);
  const ways = listWays(waiting);
  const skipped = it.open.filter(({ question }) => it.skipped.has(question)).length;
  if (skipped) ways.push([it.words.count(phrases, "skipped", skipped), "", () => it.skipped.clear()]);
  const head = it.told.asked && !skipped ? say.done : it.open.length ? phrases.next : phrases.all_done;
  return [
    make("h2", { id: "ask", tabindex: -1 }, head),
    make("ul", { class: "ways" }, ...ways.map(([label, hint, choose]) => make("li", {}, make("button", { type: "button", click: () => { choose(); show(); } }, label), hint ? make("span", { class: "meta" }, hint) : ""))),
    make("p", { class: "buttons" }, backButton(), make("a", { href: "#save", class: "main" }, say.save)),
  ];
}

function listWays(waiting) {
  const { phrases, laws } = it.texts;
  const of = (...phases) => waiting.filter(({ phase }) => phases.includes(phase));
  const checks = (count) => it.words.count(phrases, "checks", count);
  const choose = (...parts) => () => parts.forEach((part) => it.chosen.add(`${part}`));
  const binding = of(PHASES.text, PHASES.house), decisive = binding.filter(({ phase, isDecisive }) => isDecisive && phase === PHASES.text);
  const [good, unsettled, penalty] = [of(PHASES.guidance), of(PHASES.unsettled), of(PHASES.penalty)];
  const isShort = it.chosen.has("decisive"), ways = [];
  if (binding.length) ways.push([fill(isShort ? phrases.binding_rest : phrases.binding, { count: binding.length }), "", choose(PHASES.text, PHASES.house, PHASES.penalty)]);
  else if (penalty.length) ways.push([`${it.texts.sections[PHASES.penalty]} (${penalty.length})`, "", choose(PHASES.penalty)]);
  if (decisive.length && decisive.length < binding.length && !isShort) ways.push([fill(phrases.decisive, { count: decisive.length }), phrases.decisive_hint, choose("decisive")]);
  laws.forEach((law, number) => {
    const points = of(PHASES.voluntary).filter((each) => each.law === number);
    if (points.length) ways.push([fill(phrases.voluntary, { law, checks: checks(points.length) }), "", choose(partOf(points[0]))]);
  });
  if (good.length) ways.push([fill(phrases.good, { checks: checks(good.length) }), phrases.good_hint, choose(PHASES.guidance)]);
  if (unsettled.length) ways.push([fill(phrases.unsettled, { checks: checks(unsettled.length) }), "", choose(PHASES.unsettled)]);
  return ways;
}

function showChanges() {
  const { answered, texts, words } = it;
  if (answered === "") return;
  const said = fill(it.say.answered, { question: words.heading(answered), answer: words.answer(answered, it.situation.answers.get(answered)) });
  const lines = it.told.asked ? [] : words.changes(it.findingsBefore);
  page("changes").replaceChildren(make("p", {}, said), lines.length ? make("ul", {}, ...lines.map((line) => make("li", {}, line))) : "");
}

// Findings in words: the sentences of a report, made of the texts and the labels of one language.

const fill = (pattern, facts = {}) => pattern.replace(/\{(\w+)\}/g, (whole, name) => (name in facts ? String(facts[name]) : whole));
const labelKey = (word) => (word ?? "").replaceAll(" ", "_").replaceAll("-", "_");
const EARLIEST_FIRST = ["in force", "open", "coming"];
const LAST_DAY = "9999-12-31";

const urgencyOf = { "gap": 0, "undetermined": 1, "explained": 2, "met": 3, "not applicable": 4 };
const isBinding = ({ force }) => BINDING.includes(force);
const isLaw = ({ force }) => isBinding({ force }) || force === "effort";
const isToldAside = (finding) => finding.setAside || finding.claimed;

class Words {
  constructor(rules, texts, situation, findings) {
    Object.assign(this, { rules, texts, labels: texts.labels, situation, findings });
  }

  day(iso) {
    const [year, month, day] = iso.split("-").map(Number);
    return fill(this.labels.date, { day, month: this.labels.months[month - 1], year });
  }

  count(labels, name, count, facts = {}) {
    return fill(labels[`${name}_${count === 1 ? "one" : "many"}`], { count, ...facts });
  }

  list(items) {
    return items.filter(Boolean).join(this.labels.list_separator);
  }

  brackets(said, more) {
    return `${said}${this.labels.marks.open}${more}${this.labels.marks.close}`;
  }

  some(items, most = 3) {
    const { between, more } = this.texts.phrases;
    const every = [...new Set(items)];
    const shown = every.length <= most + 1 ? every.length : Math.max(most, 1);
    const said = every.slice(0, shown).join(between);
    return every.length > shown ? fill(more, { items: said, count: every.length - shown }) : said;
  }

  textOf(requirement) {
    return this.texts.requirements[this.rules.requirements.indexOf(requirement)];
  }

  citedTitle({ requirement }) {
    const { title, cite } = this.textOf(requirement);
    return this.brackets(title, cite);
  }

  datedTitle(finding) {
    return this.list([this.citedTitle(finding), this.timing(finding)]);
  }

  standing(finding) {
    const standing = findStanding(finding), own = this.labels.status_by_force[labelKey(finding.requirement.force)];
    return own?.[standing] || this.labels.status[standing];
  }

  timing(finding) {
    const { requirement } = finding, { asOf } = this.situation;
    if (hasEnded(requirement, asOf)) return fill(this.labels.timing.ended, { date: this.day(requirement.last_day) });
    const until = requirement.last_day && finding.timing ? fill(this.labels.timing.until, { date: this.day(requirement.last_day) }) : "";
    return this.list([this.start(finding), until]);
  }

  start(finding) {
    const { timing, since, latest, requirement } = finding, labels = this.labels.timing;
    if (!timing) return "";
    const day = timing === "in force" ? latest : since;
    const name = labelKey(timing);
    if (!day && timing === "in force" && SOFT.includes(requirement.force)) return "";
    if (!day) return labels[`${name}_undated`];
    const days = this.count(labels, "days", Math.round((Date.parse(day) - Date.parse(this.situation.asOf)) / 86400000));
    return fill(labels[since !== null && since === latest ? name : `${name}_between`], { date: this.day(day), days });
  }

  // Answers

  heading(question) {
    return this.texts.questions[question].short ?? this.texts.questions[question].ask;
  }

  answerLabel(question, word) {
    if (word.endsWith(DOUBT)) return this.brackets(this.answerLabel(question, word.slice(0, -1)), this.labels.answers.unsure.toLowerCase());
    const choice = this.texts.questions[question].choices?.find(([known]) => known === word);
    return choice?.[1] ?? this.labels.answers[word] ?? word;
  }

  answer(question, value) {
    if (!value) return this.labels.answers.unanswered;
    if (value.day) return this.list([this.day(value.day)]);
    const said = value.doubted ? value.said : value.words;
    return this.list(said.map((word) => this.answerLabel(question, word)));
  }

  reasons(finding, inSentences = true) {
    const given = finding.reasons.map((fact) => {
      const [kind, question, about] = this.rules.facts[fact];
      return { kind, question, about, holds: this.situation.evaluate(fact), value: this.situation.answers.get(question) };
    });
    return [...new Set(dropImpliedReasons(given).map((reason) => this.reason(reason, inSentences)))];
  }

  reason({ kind, question, about, holds, value }, inSentences) {
    const words = takenWords(value);
    const say = (pattern, answer) => fill(pattern, { short: this.heading(question), answer });
    if (!words.length || (words.length === 1 && words[0] === NONE) || !["is", "only"].includes(kind))
      return say(this.labels.reason, this.answer(question, value));
    if (holds === NO && this.rules.questions[question]?.several && kind === "is") {
      const ruledOut = this.texts.questions[question].choices.filter(([word]) => about.includes(word));
      return say(this.labels.reason_not, this.list(ruledOut.map(([, label]) => label)));
    }
    const decisive = holds === YES ? { words: words.filter((word) => about.includes(word)) } : value;
    return say(this.labels.reason, inSentences ? this.meaning(question, decisive) : this.answer(question, decisive));
  }

  meaning(question, value) {
    const choices = this.texts.questions[question].choices ?? [];
    const means = value.words.map((word) => choices.find(([known]) => known === word)?.[2] ?? "");
    return means.every(Boolean) ? means.join(this.labels.sentence_separator) : this.answer(question, value);
  }

  // What other answers make likely the answer to a question; it is none until somebody gives it.
  suggestion(question) {
    const { rules, situation } = this;
    const every = rules.suggestions.map(([when, likely], place) => ({ when, words: likely[question], because: this.texts.suggestions[place] }));
    const fitting = every.filter(({ when, words }) => words && situation.evaluate(when) === YES);
    if (!fitting.length) return undefined;
    const given = new Map();
    for (const [kind, asked, about] of fitting.flatMap(({ when }) => situation.decidingFacts(when)).map((fact) => rules.facts[fact])) {
      const chosen = takenWords(situation.answers.get(asked)), known = given.get(asked) ?? [];
      const found = ["is", "only"].includes(kind) ? chosen.filter((word) => about.includes(word)) : [];
      if (found.length) given.set(asked, chosen.filter((word) => found.includes(word) || known.includes(word)));
    }
    const words = [...new Set(fitting.flatMap((each) => each.words))];
    return { words, given, because: [...new Set(fitting.map(({ because }) => because).filter(Boolean))] };
  }

  questionAndAnswer(question, answer) {
    const short = this.heading(question);
    return /[?？。]$/u.test(short) ? fill(this.texts.phrases.question_answer, { question: short, answer }) : `${short}${this.labels.marks.colon}${answer}`;
  }

  // Changes

  // What an answer settled, opened or turned, against the findings before it: a line for each kind of change.
  changes(before) {
    const { phrases } = this.texts;
    const moved = this.findings.map((after, place) => ({ before: before[place], after }));
    const turned = moved.filter((each) => each.before.applies !== each.after.applies).map(({ after }) => after);
    const stays = moved.filter((each) => each.before.applies === YES && each.after.applies === YES);
    const lines = this.applyingLines(turned.filter(({ applies }) => applies === YES));
    lines.push(...this.ruledOutLines(turned.filter(({ applies }) => applies === NO)));
    const reopened = turned.filter(({ applies }) => applies === UNKNOWN).map((each) => this.citedTitle(each));
    if (reopened.length) lines.push(fill(phrases.open_again, { titles: this.some(reopened) }));
    const isWaiting = ({ status, measures }) => status === "undetermined" && !measures.some(({ answer }) => answer);
    const hasTurned = (each) => each.before.status !== each.after.status && !isWaiting(each.after);
    for (const { after } of stays.filter(hasTurned))
      lines.push(fill(phrases.status, { status: this.standing(after), title: this.dayTitle(after) }));
    const isDated = ({ before: was, after: now }) => now.since !== null && now.since === now.latest && (was.since !== now.since || was.latest !== now.latest);
    const dated = stays.filter((each) => isDated(each) && !hasTurned(each)).map(({ after }) => this.datedTitle(after));
    if (dated.length) lines.push(fill(phrases.dated, { titles: this.some(dated) }));
    return lines;
  }

  dayTitle(finding) {
    return finding.timing === "open" ? this.citedTitle(finding) : this.datedTitle(finding);
  }

  applyingLines(findings) {
    const { phrases } = this.texts;
    const isForbidden = ({ requirement }) => requirement.force === "prohibition";
    const bound = findings.filter((each) => isLaw(each.requirement) && !isForbidden(each));
    const soft = findings.filter(({ requirement }) => !isLaw(requirement));
    const lines = findings.filter(isForbidden).map((each) => fill(phrases.prohibited, { what: this.dayTitle(each) }));
    if (bound.length) lines.push(fill(phrases.applies, { titles: this.some(bound.map((each) => this.dayTitle(each))) }));
    if (soft.length) lines.push(fill(phrases.concerns, { titles: this.some(soft.map((each) => this.citedTitle(each))) }));
    return lines;
  }

  ruledOutLines(findings) {
    const { phrases } = this.texts;
    const titles = new Map();
    for (const finding of findings) {
      const why = this.some(this.reasons(finding, false).map((reason) => reason.replace(/[.。]+$/u, "")), 2);
      titles.set(why, [...(titles.get(why) ?? []), this.citedTitle(finding)]);
    }
    if (titles.size > 2) return [fill(phrases.ruled_out_by, { titles: this.some(findings.map((each) => this.citedTitle(each)), 2) })];
    return [...titles].map(([why, found]) => {
      const what = found.length === 1 ? found[0] : this.count(phrases, "requirements", found.length);
      return fill(phrases.ruled_out, { what, why });
    });
  }

  // Laws

  // An answer for each law: those that bind before the voluntary ones, and last those of which nothing applies.
  lawAnswers() {
    const answers = this.texts.laws.map((title, law) => this.lawAnswer(title, law));
    const rank = ({ applies, isVoluntary }) => (applies === NO ? 2 : 0) + (isVoluntary ? 1 : 0);
    return answers.sort((one, other) => rank(one) - rank(other));
  }

  lawAnswer(title, law) {
    const parts = this.rules.checklists.map((checklist, place) => ({ ...checklist, place })).filter((each) => each.law === law);
    const findings = this.findings.filter(({ requirement }) => requirement.law === law);
    const verdicts = parts.flatMap((checklist) => this.verdicts(checklist, findings));
    const sentences = [...verdicts.map(({ texts, holds }) => texts[holds === YES ? 0 : holds === NO ? 1 : 2]), ...this.standings(findings)];
    const missing = verdicts.filter(({ holds }) => holds === YES).map(({ texts }) => texts[3]);
    const gap = this.labels.sentence_separator;
    return {
      title, findings,
      sentence: sentences.filter(Boolean).join(gap),
      notAssessed: missing.filter(Boolean).join(gap),
      isVoluntary: !findings.some(({ requirement }) => isLaw(requirement)),
      applies: Math.max(NO, ...findings.map((each) => Math.max(each.applies, each.claimed ? UNKNOWN : NO))),
      isElsewhere: parts.every((checklist) => this.isElsewhere(checklist)),
    };
  }

  verdicts(checklist, findings) {
    const own = findings.filter(({ requirement }) => requirement.checklist === checklist.place);
    const applies = Math.max(NO, ...own.map((each) => each.applies));
    const outOfScope = this.situation.evaluate(checklist.in_scope) === NO;
    const every = checklist.verdicts.map((when, place) => ({
      when, texts: this.texts.checklists[checklist.place].verdicts[place],
      holds: when === null ? applies : this.situation.evaluate(when),
    }));
    return every.filter(({ when, holds }) => !((holds === UNKNOWN && applies === NO) || (when === null && outOfScope)));
  }

  isElsewhere(checklist) {
    const markets = [...this.situation.answers].filter(([question]) => this.rules.questions[question]?.market);
    return new Situation(this.rules, new Map(markets), this.situation.asOf).evaluate(checklist.in_scope) === NO;
  }

  idleLaws(laws) {
    const titles = laws.filter(({ applies, isElsewhere }) => applies === NO && !isElsewhere).map(({ title }) => title);
    return titles.length ? fill(this.labels.law_answer.idle, { laws: titles.join(this.labels.law_answer.idle_separator) }) : "";
  }

  // How many duties apply and how they stand; the same for efforts and for what is voluntary.
  standings(findings) {
    const told = findings.filter((each) => each.status !== "not applicable" || isToldAside(each));
    const kindOf = ({ requirement }) => (isBinding(requirement) ? "binding" : requirement.force === "effort" ? "effort" : "soft");
    return ["binding", "effort", "soft"].flatMap((kind) => {
      const group = told.filter((each) => kindOf(each) === kind);
      return group.length ? [this.group(kind, group)] : [];
    });
  }

  group(kind, group) {
    const labels = this.labels.law_answer;
    const applying = group.filter(({ applies }) => applies === YES);
    const head = applying.length ? this.count(labels, kind, applying.length) : "";
    const gaps = applying.filter(({ status }) => status === "gap");
    const day = gaps.length ? "" : this.firstDay(kind, applying);
    const counts = this.counts(kind, group, applying, gaps).join(labels.counts_separator);
    return [head + day, counts].filter(Boolean).join(labels.head_separator) + labels.end;
  }

  firstDay(kind, findings) {
    const dated = findings.filter(({ timing }) => timing);
    if (kind !== "binding" || !dated.length) return "";
    const rank = ({ timing, since }) => `${EARLIEST_FIRST.indexOf(timing)} ${since ?? LAST_DAY}`;
    const first = dated.reduce((one, other) => (rank(other) < rank(one) ? other : one));
    return this.count(this.labels.law_answer, "first_day", findings.length, { timing: this.timing(first) });
  }

  counts(kind, group, applying, gaps) {
    const waiting = applying.filter(({ status }) => status === "undetermined");
    const isBegun = ({ measures }) => measures.some(({ check, answer }) => check.basis !== "guidance" && !["", UNSURE].includes(answer));
    const untold = group.filter((each) => !isToldAside(each));
    const standing = [
      ["gap", gaps, applying],
      ["unanswered", waiting.filter((each) => !isBegun(each)), applying],
      ["unknown", waiting.filter(isBegun), applying],
      ["met", applying.filter(({ status }) => status === "met" || status === "explained"), applying],
      ["may_apply", untold.filter(({ applies }) => applies === UNKNOWN), applying.length ? group : untold],
      ["aside", group.filter(({ setAside }) => setAside), group],
      ["claimed", group.filter(({ claimed }) => claimed), group],
    ];
    return standing.filter(([, found]) => found.length).map(([name, found, whole]) => {
      const alike = found.length === whole.length ? "_all" : "";
      const day = name === "gap" ? this.firstDay(kind, found) : "";
      return this.count(this.labels.law_answer, `${kind}_${name}${alike}`, found.length) + day;
    });
  }
}

// Gaps before the undetermined before the rest; in each, prohibitions, then what binds, then the earliest day.
function rankFindings(findings) {
  const rank = ({ requirement: { force }, status, since }) =>
    `${urgencyOf[status]}${force === "prohibition" ? 0 : 1}${SOFT.includes(force) ? 1 : 0}${since ?? LAST_DAY}`;
  return findings.map((each) => [rank(each), each]).sort(([one], [other]) => (one < other ? -1 : one > other ? 1 : 0)).map(([, each]) => each);
}

// Of two reasons on one question only the one that says more; what an answer rules out is one reason.
function dropImpliedReasons(reasons) {
  const together = new Map();
  for (const reason of reasons) {
    const rulesOut = reason.holds === NO && reason.kind === "is";
    const key = rulesOut ? reason.question : `${reason.kind} ${reason.question} ${reason.about}`;
    const same = together.get(key);
    if (!same) together.set(key, reason);
    else if (rulesOut) together.set(key, { ...reason, about: [...new Set([...same.about, ...reason.about])] });
  }
  const given = [...together.values()];
  const saysMore = (one, other) => one.question === other.question && one.kind === "is" && other.kind === "is" &&
    one.holds === YES && other.holds === YES && one.about.length < other.about.length && one.about.every((word) => other.about.includes(word));
  return given.filter((reason) => !given.some((other) => saysMore(other, reason)));
}

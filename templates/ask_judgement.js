// What answers mean: the judgement over rules that are data. A test feeds it and the Python it follows the same
// situations. Conditions are numbers: facts from 0 up, what is made of them from -1 down.

const NO = 0, UNKNOWN = 1, YES = 2;
const PHASES = { scope: 0, text: 1, house: 2, guidance: 3, voluntary: 4, unsettled: 5, penalty: 6 };
const UNSURE = "unsure", NONE = "none", NEVER = "never", NOT_YET = "not_yet", ANY_DAY = "any_day", DOUBT = "?";
const BINDING = ["obligation", "prohibition"];
const SOFT = ["effort", "recommendation", "comply-or-explain"];

// The words of a record as a value: a day, or words with those among the others that nobody is sure of.
function readAnswer(question, said) {
  const words = [...new Set(said)];
  if (question?.dated) return question.words.includes(words[0]) ? { words } : { day: words[0] };
  const sure = words.filter((word) => !word.endsWith(DOUBT));
  if (!question?.several || sure.length === words.length) return { words };
  if (sure.includes(UNSURE)) return { words: sure };
  const doubted = words.filter((word) => word.endsWith(DOUBT)).map((word) => word.slice(0, -1));
  return { words: [...sure, UNSURE], said: words, doubted: new Set(doubted) };
}

const takenWords = (value) => value?.words ?? [];

function judgeChoice(value, wanted) {
  if (value === undefined) return UNKNOWN;
  if (wanted.includes(ANY_DAY) && value.day) return YES;
  const words = takenWords(value);
  if (words.some((word) => wanted.includes(word))) return YES;
  const onlyNone = wanted.length === 1 && wanted[0] === NONE;
  if (!words.includes(UNSURE) || (words.length > 1 && onlyNone)) return NO;
  if (value.doubted && !wanted.some((word) => value.doubted.has(word)))
    return words.length > 1 || !wanted.includes(NONE) ? NO : UNKNOWN;
  return UNKNOWN;
}

function judgeOnly(value, allowed) {
  if (value === undefined) return UNKNOWN;
  const words = takenWords(value);
  if (!words.length || words.some((word) => !allowed.includes(word) && word !== UNSURE)) return NO;
  if (value.doubted && words.length > 1 && [...value.doubted].every((word) => allowed.includes(word))) return YES;
  return words.includes(UNSURE) ? UNKNOWN : YES;
}

// Between which days something lies, null where nothing is known; undefined if it never comes.
function possibleDays(value, asOf) {
  if (value?.day) return [value.day, value.day];
  const words = takenWords(value);
  if (words.includes(NOT_YET)) return [asOf, null];
  return words.includes(NEVER) ? undefined : [null, null];
}

function compareDays([earliest, latest], day) {
  if (earliest !== null && earliest >= day) return YES;
  return latest !== null && latest < day ? NO : UNKNOWN;
}

// Rules as they were handed over, with the requirement that each check belongs to.
function prepareRules(told) {
  const owned = told.requirements.flatMap((requirement) => requirement.checks.map((check) => [check.question, requirement]));
  return { ...told, owners: new Map(owned) };
}

// Answers by the place of their question, and the day they are judged on; every verdict is worked out once.
class Situation {
  constructor(rules, answers, asOf) {
    Object.assign(this, { rules, answers, asOf, verdicts: new Map() });
  }

  evaluate(number) {
    let verdict = this.verdicts.get(number);
    if (verdict === undefined) {
      verdict = number < 0 ? this.evaluateCompound(this.rules.compounds[~number]) : this.evaluateFact(this.rules.facts[number]);
      this.verdicts.set(number, verdict);
    }
    return verdict;
  }

  evaluateCompound([kind, ...parts]) {
    if (kind === "open") return UNKNOWN;
    if (kind === "not") return YES - this.evaluate(parts[0]);
    const enough = kind === "all" ? NO : YES;
    let verdict = YES - enough;
    for (const part of parts) {
      const found = this.evaluate(part);
      if (found === enough) return enough;
      if (found === UNKNOWN) verdict = UNKNOWN;
    }
    return verdict;
  }

  evaluateFact([kind, question, about]) {
    const value = this.answers.get(question);
    if (kind === "is") return judgeChoice(value, about);
    if (kind === "only") return judgeOnly(value, about);
    const days = possibleDays(value, this.asOf);
    if (!days) return NO;
    return kind === "from" ? compareDays(days, about) : YES - compareDays(days, about);
  }

  // The facts that decide a condition or leave it open; the first part that decides alone is enough.
  decidingFacts(number) {
    if (number >= 0) return [number];
    const [kind, ...parts] = this.rules.compounds[~number];
    if (kind === "not") return this.decidingFacts(parts[0]);
    const enough = kind === "all" ? NO : YES;
    const open = [];
    for (const part of parts) {
      const verdict = this.evaluate(part);
      if (verdict === enough) return this.decidingFacts(part);
      if (verdict === UNKNOWN) open.push(part);
    }
    return (open.length ? open : parts).flatMap((part) => this.decidingFacts(part));
  }

  decidingQuestions(number) {
    return this.decidingFacts(number).map((fact) => this.rules.facts[fact][1]);
  }

  unansweredQuestions(number) {
    if (this.evaluate(number) !== UNKNOWN) return [];
    return this.decidingQuestions(number).filter((question) => !this.answers.has(question));
  }
}

const hasEnded = (requirement, asOf) => requirement.last_day !== null && asOf > requirement.last_day;

function judgeApplicability(requirement, situation) {
  return hasEnded(requirement, situation.asOf) ? NO : situation.evaluate(requirement.applies);
}

// The starts that can still be the one: up to the first that certainly holds.
function possibleStarts(requirement, situation) {
  const starts = [];
  for (const start of requirement.applies_from) {
    const holds = situation.evaluate(start[1]);
    if (holds !== NO) starts.push(start);
    if (holds === YES) break;
  }
  return starts;
}

function findBegin(requirement, situation) {
  for (const question of requirement.not_before) {
    const days = possibleDays(situation.answers.get(question), situation.asOf);
    if (days) return { question, days };
  }
  return undefined;
}

const later = (one, other) => (other !== null && other > one ? other : one);

// Between which days it starts to count, and whether it does: a day of the law, moved back to the first of the system.
function judgeTiming(requirement, starts, situation) {
  const { asOf } = situation;
  const days = starts.map(([day]) => day).filter((day) => day !== NEVER).sort();
  let since = days[0] ?? null, latest = days.at(-1) ?? null;
  const begin = findBegin(requirement, situation)?.days;
  if (begin && begin[0] === null && begin[1] === null) latest = null;
  else if (begin && begin[1] === null) return { since: since && since > asOf ? since : null, latest: null, timing: "coming" };
  else if (begin) [since, latest] = [later(begin[1], since), later(begin[1], latest)];
  else if (!days.length) return { since: null, latest: null, timing: "in force" };
  if (since && since > asOf) return { since, latest, timing: "coming" };
  return { since, latest, timing: latest && latest <= asOf ? "in force" : "open" };
}

// What its day still depends on; one question may come twice.
function datingQuestions(requirement, situation) {
  const open = possibleStarts(requirement, situation).filter(([, when]) => situation.evaluate(when) === UNKNOWN);
  const questions = open.flatMap(([, when]) => situation.decidingQuestions(when));
  const begin = findBegin(requirement, situation);
  if (begin && (begin.days[0] === null || begin.days[0] !== begin.days[1])) questions.push(begin.question);
  return questions;
}

function judgeStatus(requirement, applies, measures) {
  const text = measures.filter(({ check, concerns }) => check.basis === "text" && concerns !== NO);
  if (applies === NO || !(text.length || requirement.force === "prohibition")) return ["not applicable", false];
  const worst = text.length ? Math.max(...text.map(({ outstanding }) => outstanding)) : applies;
  if (worst === YES) return ["gap", false];
  if (worst === UNKNOWN) return ["undetermined", false];
  if (text.length && text.every(({ answer }) => answer === "not_applicable")) return ["not applicable", true];
  return [text.some(({ answer }) => answer === "explained") ? "explained" : "met", false];
}

function judgeExceptions(requirement, situation) {
  if (situation.evaluate(requirement.concerns) === NO) return [];
  return requirement.exceptions.map(([when, shown]) => ({ holds: situation.evaluate(when), shown: situation.evaluate(shown) }));
}

function judgeRequirement(requirement, situation) {
  const applies = judgeApplicability(requirement, situation);
  const measures = requirement.checks.map((check) => {
    const value = situation.answers.get(check.question), concerns = situation.evaluate(check.when);
    const outstanding = Math.min(applies, concerns, YES - situation.evaluate(check.done));
    return { check, concerns, outstanding, answer: takenWords(value)[0] ?? "" };
  });
  const [status, setAside] = judgeStatus(requirement, applies, measures);
  const exceptions = judgeExceptions(requirement, situation);
  const reliedOn = exceptions.filter(({ holds }) => holds === YES);
  const timed = applies === NO ? { since: null, latest: null, timing: null } : judgeTiming(requirement, possibleStarts(requirement, situation), situation);
  const reasons = hasEnded(requirement, situation.asOf) ? [] : [...new Set(situation.decidingFacts(requirement.applies))];
  const claimed = reliedOn.length > 0 && reliedOn.every(({ shown }) => shown !== YES);
  const finding = { requirement, applies, status, setAside, ...timed, reasons, measures, exceptions, claimed };
  return { ...finding, settledBy: findSettlingQuestions(finding, situation) };
}

function findSettlingQuestions({ requirement, applies, status, timing, measures }, situation) {
  const inOrder = (questions) => [...new Set(questions)].sort((one, other) => one - other);
  if (status === "gap" && timing === "open") return inOrder(datingQuestions(requirement, situation));
  if (status !== "undetermined") return [];
  if (applies !== YES) return inOrder(situation.decidingQuestions(requirement.applies));
  const open = measures.filter(({ check, outstanding }) => check.basis === "text" && outstanding === UNKNOWN);
  return inOrder(open.flatMap(({ check }) => situation.decidingQuestions(check.outstanding)));
}

function findDecisiveCheck(requirement, situation) {
  return requirement.decisive.map((place) => requirement.checks[place]).find((check) => situation.evaluate(check.when) !== NO);
}

// What one requirement still needs to know, as pairs of phase and question; one may come twice.
function questionsFor(requirement, situation) {
  const { answers, rules } = situation;
  const applies = judgeApplicability(requirement, situation);
  const inPhase = (phase, questions) => questions.map((question) => [phase, question]);
  if (applies === NO) {
    const relied = requirement.exceptions.filter(([when, , asks]) => asks && situation.evaluate(when) === YES);
    return relied.flatMap(([, shown]) => inPhase(PHASES.guidance, situation.unansweredQuestions(shown)));
  }
  let scope = situation.unansweredQuestions(requirement.applies);
  if (!scope.length) scope = datingQuestions(requirement, situation).filter((question) => !answers.has(question));
  if (scope.length) return inPhase(PHASES.scope, scope);
  const decisive = findDecisiveCheck(requirement, situation);
  const checks = decisive ? [decisive, ...requirement.checks.filter((check) => check !== decisive)] : requirement.checks;
  const found = checks.flatMap((check) => situation.unansweredQuestions(check.outstanding).map((question) => {
    const isFact = check.asked === PHASES.text && question < rules.questions.length;
    if (applies !== YES) return [PHASES.unsettled, question];
    return [isFact ? PHASES.scope : check.asked, question];
  }));
  return [...found, ...requirement.penalty.flatMap((when) => inPhase(PHASES.penalty, situation.unansweredQuestions(when)))];
}

// What is still worth asking, in the order to ask it: after the facts, law by law.
function openQuestions(situation) {
  const { rules } = situation;
  const found = new Map();
  for (const requirement of rules.requirements) {
    for (const [phase, question] of questionsFor(requirement, situation)) {
      const known = found.get(question);
      if (!known) found.set(question, { question, phase, neededBy: new Set([requirement]), law: requirement.law });
      else { known.phase = Math.min(known.phase, phase); known.neededBy.add(requirement); }
    }
  }
  const decisive = new Set();
  for (const question of found.keys()) {
    const owner = rules.owners.get(question);
    const check = owner && findDecisiveCheck(owner, situation);
    if (check) decisive.add(check.question);
  }
  const every = [...found.values()].map((each) => ({ ...each, isDecisive: decisive.has(each.question) }));
  const scope = every.filter(({ phase }) => phase === PHASES.scope).sort((one, other) => one.question - other.question);
  const rest = every.filter(({ phase }) => phase !== PHASES.scope).sort((one, other) => one.phase - other.phase || one.law - other.law);
  return [...scope, ...rest];
}

const judgeAll = (situation) => situation.rules.requirements.map((requirement) => judgeRequirement(requirement, situation));

// What a reader is told of a finding, finer than its status.
function findStanding({ requirement, applies, status, setAside, claimed, measures }) {
  if (setAside) return "set_aside";
  if (claimed) return "claimed";
  if (status === "met" && applies === UNKNOWN) return "in_any_case";
  const begun = measures.some(({ check, answer }) => check.basis === "text" && ["yes", "partly"].includes(answer));
  if (status === "gap" && SOFT.includes(requirement.force) && begun) return "partly";
  return status.replace(" ", "_");
}

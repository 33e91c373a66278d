// Judges situations as the page that asks does: node judge_in_node.mjs FOLDER_OF_SCRIPTS
// Lines of JSON come in: first the rules and texts of some libraries, then a situation each; for each a line with all it led to goes out, in words if it names a language.

import { readFileSync } from "node:fs";
import { createInterface } from "node:readline";
import { join } from "node:path";

const source = ["ask_judgement.js", "ask_words.js"].map((name) => readFileSync(join(process.argv[2], name), "utf8")).join("\n");
const names = "{ prepareRules, readAnswer, Situation, judgeAll, openQuestions, rankFindings, Words }";
const { prepareRules, readAnswer, Situation, judgeAll, openQuestions, rankFindings, Words } = new Function(`"use strict"; ${source}; return ${names};`)();

let libraries;
for await (const line of createInterface({ input: process.stdin })) {
  const told = JSON.parse(line);
  if (!libraries) { libraries = told.map(([rules, texts]) => ({ rules: prepareRules(rules), texts })); continue; }
  const { rules, texts } = libraries[told.library];
  const places = new Map(rules.ids.map((id, place) => [id, place]));
  const read = ([id, words]) => [places.get(id), readAnswer(rules.questions[places.get(id)], words)];
  const answers = new Map(Object.entries(told.answers).map(read));
  const situation = new Situation(rules, answers, told.as_of);
  const name = (question) => rules.ids[question];
  const judged = judgeAll(situation);
  const findings = judged.map((each) => [
    each.requirement.id, each.applies, each.status, each.setAside, each.since, each.latest, each.timing,
    each.settledBy.map(name), each.reasons.map((fact) => [name(rules.facts[fact][1]), situation.evaluate(fact)]), each.claimed,
  ]);
  const open = openQuestions(situation).map((each) => [
    name(each.question), each.phase, [...each.neededBy].map(({ id }) => id), each.law, each.isDecisive,
  ]);
  const words = told.language ? new Words(rules, texts[told.language], situation, judged) : null;
  const tellChanges = (before) => {
    const after = new Situation(rules, new Map([...answers, read(told.next)]), told.as_of);
    return new Words(rules, texts[told.language], after, judgeAll(after)).changes(before);
  };
  const tellSuggestion = (place) => {
    const found = words.suggestion(place);
    return found ? [found.words, Object.fromEntries([...found.given].map(([asked, chosen]) => [name(asked), chosen])), found.because] : null;
  };
  const laws = words && words.lawAnswers();
  const said = words && [
    laws.map((each) => [each.title, each.sentence, each.notAssessed, each.isVoluntary, each.applies]), words.idleLaws(laws),
    tellChanges(judged), rules.ids.map((_, place) => tellSuggestion(place)),
    rankFindings(judged).map((each) => [words.datedTitle(each), words.standing(each), words.reasons(each), words.reasons(each, false)]),
  ];
  process.stdout.write(`${JSON.stringify([findings, open, said])}\n`);
}

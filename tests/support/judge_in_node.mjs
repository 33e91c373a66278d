// Judges situations as the page that asks does: node judge_in_node.mjs FOLDER_OF_SCRIPTS
// Lines of JSON come in: first the rules of some libraries, then a situation each; for each a line with all it led to goes out.

import { readFileSync } from "node:fs";
import { createInterface } from "node:readline";
import { join } from "node:path";

const source = readFileSync(join(process.argv[2], "ask_judgement.js"), "utf8");
const { prepareRules, readAnswer, Situation, judgeAll, openQuestions } = new Function(
  `"use strict"; ${source}; return { prepareRules, readAnswer, Situation, judgeAll, openQuestions };`,
)();

let libraries;
for await (const line of createInterface({ input: process.stdin })) {
  const told = JSON.parse(line);
  if (!libraries) { libraries = told.map(prepareRules); continue; }
  const rules = libraries[told.library];
  const places = new Map(rules.ids.map((id, place) => [id, place]));
  const answers = new Map(Object.entries(told.answers).map(([id, words]) => [places.get(id), readAnswer(rules.questions[places.get(id)], words)]));
  const situation = new Situation(rules, answers, told.as_of);
  const name = (question) => rules.ids[question];
  const findings = judgeAll(situation).map((each) => [
    each.requirement.id, each.applies, each.status, each.setAside, each.since, each.latest, each.timing,
    each.settledBy.map(name), each.reasons.map((fact) => [name(rules.facts[fact][1]), situation.evaluate(fact)]), each.claimed,
  ]);
  const open = openQuestions(situation).map((each) => [
    name(each.question), each.phase, [...each.neededBy].map(({ id }) => id), each.law, each.isDecisive,
  ]);
  process.stdout.write(`${JSON.stringify([findings, open])}\n`);
}

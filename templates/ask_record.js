// Answers as a file and back: what is downloaded is a record as any other, and what is packed in the page is unpacked.

const LONGEST_TEXT = 4000;

// Typed text as a record may hold it: one line, nothing that steers a terminal or hides from a reader.
function cleanText(typed) {
  const shown = typed.replace(/\s+/gu, " ").replace(/(?! )[\p{C}\p{Z}]/gu, "");
  return [...shown.replace(/ +/g, " ").trim()].slice(0, LONGEST_TEXT).join("");
}

const hasWords = (text) => (text.match(/\p{L}/gu) ?? []).length > 1;

function writeAnswers(told, rules, system, given) {
  const answers = [...given].map(([question, { answer, ...more }]) => {
    const kept = Object.entries(more).filter(([, said]) => said);
    return [rules.ids[question], { answer: answer.length === 1 ? answer[0] : answer, ...Object.fromEntries(kept) }];
  });
  return `${JSON.stringify({ ...told.head, system, answers: Object.fromEntries(answers) }, null, 1)}\n`;
}

// The answers in a file that was saved here; nothing else is taken from it, and only what the rules ask.
function readAnswers(text, rules) {
  const { system, answers } = JSON.parse(text);
  const places = new Map(rules.ids.map((id, place) => [id, place]));
  const given = Object.entries(answers).map(([id, { answer, ...more }]) => {
    const words = [answer].flat(), place = places.get(id);
    if (!words.length || !words.every((word) => isAcceptedWord(rules, place, word))) throw new TypeError(id);
    const texts = ["by", "at", "note", "reason", "published", "ask"].filter((name) => typeof more[name] === "string");
    return [place, { answer: words, ...Object.fromEntries(texts.map((name) => [name, cleanText(more[name])])) }];
  });
  return { system: typeof system === "string" ? cleanText(system) : "", given: new Map(given) };
}

function isAcceptedWord(rules, place, said) {
  if (typeof said !== "string" || place === undefined) return false;
  const { words, several, dated } = acceptedAnswers(rules, place);
  if (dated && isDay(said)) return true;
  return words.includes(said) || (several && said.endsWith(DOUBT) && words.includes(said.slice(0, -1)));
}

// What answers a question or a check; to a check, "explained" only where that is taken for an answer.
function acceptedAnswers(rules, place) {
  const question = rules.questions[place];
  if (question) return question;
  const { explain } = rules.owners.get(place);
  const words = rules.check_words.filter((word) => word !== "explained" || !["no", null].includes(explain));
  return { words, several: false, dated: false };
}

function isDay(said) {
  if (!/^\d{4}-\d\d-\d\d$/.test(said)) return false;
  const day = new Date(`${said}T00:00:00Z`);
  return !Number.isNaN(day.getTime()) && day.toISOString().startsWith(said);
}

async function unpack(packed) {
  const bytes = Uint8Array.from(atob(packed), (character) => character.charCodeAt(0));
  if (!globalThis.DecompressionStream) return new TextDecoder().decode(inflate(bytes));
  return new Response(new Blob([bytes]).stream().pipeThrough(new DecompressionStream("deflate"))).text();
}

// What older browsers do not do themselves: data deflated as RFC 1950 and 1951 tell, every check of it left out.
function inflate(bytes) {
  const out = [];
  let place = 2, held = 0, count = 0;
  const bits = (wanted) => {
    while (count < wanted) { held |= bytes[place++] << count; count += 8; }
    const taken = held & ((1 << wanted) - 1);
    held >>>= wanted; count -= wanted;
    return taken;
  };
  const LENGTHS = [3, 4, 5, 6, 7, 8, 9, 10, 11, 13, 15, 17, 19, 23, 27, 31, 35, 43, 51, 59, 67, 83, 99, 115, 131, 163, 195, 227, 258];
  const LENGTH_BITS = [0, 0, 0, 0, 0, 0, 0, 0, 1, 1, 1, 1, 2, 2, 2, 2, 3, 3, 3, 3, 4, 4, 4, 4, 5, 5, 5, 5, 0];
  const DISTANCES = [1, 2, 3, 4, 5, 7, 9, 13, 17, 25, 33, 49, 65, 97, 129, 193, 257, 385, 513, 769, 1025, 1537, 2049, 3073, 4097, 6145, 8193, 12289, 16385, 24577];
  const ORDER = [16, 17, 18, 0, 8, 7, 9, 6, 10, 5, 11, 4, 12, 3, 13, 2, 14, 1, 15];
  const buildCodes = (lengths) => {
    const codes = new Map();
    for (let length = 1, code = 0; length < 16; length += 1, code <<= 1)
      lengths.forEach((each, symbol) => { if (each === length) { codes.set((length << 16) | code, symbol); code += 1; } });
    return codes;
  };
  const symbol = (codes) => {
    for (let length = 1, code = 0; length < 16; length += 1) {
      code = (code << 1) | bits(1);
      const found = codes.get((length << 16) | code);
      if (found !== undefined) return found;
    }
    throw new RangeError("not deflated");
  };
  const readLengths = () => {
    const literals = bits(5) + 257, distances = bits(5) + 1, used = bits(4) + 4, lengths = new Array(19).fill(0), all = [];
    for (const each of ORDER.slice(0, used)) lengths[each] = bits(3);
    const codes = buildCodes(lengths);
    while (all.length < literals + distances) {
      const found = symbol(codes);
      if (found < 16) all.push(found);
      else if (found === 16) all.push(...new Array(3 + bits(2)).fill(all.at(-1)));
      else all.push(...new Array(found === 17 ? 3 + bits(3) : 11 + bits(7)).fill(0));
    }
    return [all.slice(0, literals), all.slice(literals)];
  };
  const FIXED = [Array.from({ length: 288 }, (_, each) => (each < 144 ? 8 : each < 256 ? 9 : each < 280 ? 7 : 8)), new Array(30).fill(5)];
  const readBlock = (lengths) => {
    const [literals, distances] = lengths.map(buildCodes);
    for (let found = symbol(literals); found !== 256; found = symbol(literals)) {
      if (found < 256) { out.push(found); continue; }
      const length = LENGTHS[found - 257] + bits(LENGTH_BITS[found - 257]);
      const far = symbol(distances), from = out.length - DISTANCES[far] - bits(Math.max(0, (far >> 1) - 1));
      for (let step = 0; step < length; step += 1) out.push(out[from + step]);
    }
  };
  for (let last = 0; !last;) {
    last = bits(1);
    const kind = bits(2);
    if (kind === 0) {
      held = count = 0;
      const length = bytes[place] | (bytes[place + 1] << 8);
      out.push(...bytes.subarray(place + 4, place + 4 + length));
      place += 4 + length;
    } else readBlock(kind === 1 ? FIXED : readLengths());
  }
  return Uint8Array.from(out);
}

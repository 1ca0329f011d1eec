/** Shorter words differ from others by a letter too easily. */
const shortest = 4;
/** From this length on two slips may be one word. */
const longWord = 8;

/** Tells whether a word is another one with a slip: a letter too many, missing, wrong or changed places with its neighbour. Both normalised. */
export const isMisspelt = (given: string, word: string): boolean => {
  if (given === word || given.length < shortest || word.length < shortest) return false;
  const most = Math.min(given.length, word.length) >= longWord ? 2 : 1;
  return Math.abs(given.length - word.length) <= most && slips(given, word) <= most;
};

/** Fewest slips between two words (optimal string alignment). */
const slips = (given: string, word: string): number => {
  let [before, last]: [number[], number[]] = [[], Array.from({ length: word.length + 1 }, (_, j) => j)];
  for (let i = 1; i <= given.length; i += 1) {
    const row = [i];
    for (let j = 1; j <= word.length; j += 1) {
      const isSame = given[i - 1] === word[j - 1];
      const isTurned = i > 1 && j > 1 && given[i - 1] === word[j - 2] && given[i - 2] === word[j - 1];
      row.push(Math.min(last[j]! + 1, row[j - 1]! + 1, last[j - 1]! + (isSame ? 0 : 1), isTurned ? before[j - 2]! + 1 : Infinity));
    }
    [before, last] = [last, row];
  }
  return last[word.length]!;
};

const distance = (a: string, b: string): number => {
  let row = Array.from({ length: b.length + 1 }, (_, i) => i);
  for (let i = 1; i <= a.length; i++) {
    const next = [i];
    for (let j = 1; j <= b.length; j++) {
      const substitution = (row[j - 1] ?? 0) + (a[i - 1] === b[j - 1] ? 0 : 1);
      next.push(Math.min(substitution, (row[j] ?? 0) + 1, (next[j - 1] ?? 0) + 1));
    }
    row = next;
  }
  return row[b.length] ?? 0;
};

/** The candidate that differs least from what was typed, or `null` when none is near. */
export const nearest = (typed: string, candidates: readonly string[]): string | null => {
  const word = typed.toLowerCase().slice(0, 40);
  const ranked = candidates
    .map((candidate) => ({
      candidate,
      cost: candidate.startsWith(word) && word.length > 1 ? 0 : distance(word, candidate),
    }))
    .sort((a, b) => a.cost - b.cost);
  const best = ranked[0];
  return best && best.cost <= Math.max(1, Math.floor(best.candidate.length / 3)) ? best.candidate : null;
};

/** What typed words mean among the entries of an account's list. */
export type Match =
  | { readonly match: 'one'; readonly value: string }
  /** Not unique: nothing is guessed. In the list's order. */
  | { readonly match: 'several'; readonly values: readonly string[] }
  /** `near`: what was probably meant, if anything comes near. */
  | { readonly match: 'none'; readonly near: string | null };

const wordsOf = (text: string): readonly string[] => text.toLowerCase().match(/[\p{L}\p{N}\p{M}]+/gu) ?? [];

const squeezed = (text: string): string => text.replace(/\s+/g, ' ').trim();

/** Each typed word begins a word of the entry, in order; words of the entry may be left out. */
const fitsWords = (typed: readonly string[], entry: string): boolean => {
  const words = wordsOf(entry);
  let from = 0;
  for (const word of typed) {
    const at = words.findIndex((candidate, i) => i >= from && candidate.startsWith(word));
    if (at < 0) return false;
    from = at + 1;
  }
  return typed.length > 0;
};

const decide = (values: readonly string[]): Match | null => {
  const [first, ...others] = values;
  if (first === undefined) return null;
  return others.length === 0 ? { match: 'one', value: first } : { match: 'several', values };
};

/**
 * Typed words against a list: exactly equal, else equal but for case, else the beginnings of its words: `wait c` is
 * "Waiting on Customer". Always an entry as the list spells it, because Syncro stores whatever it is sent.
 */
export const matchWords = (typed: string, list: readonly string[]): Match => {
  const entries = [...new Set(list)].filter((entry) => entry.trim() !== '');
  const wanted = squeezed(typed);
  const folded = wanted.toLowerCase();
  const words = wordsOf(wanted);
  const found =
    decide(entries.filter((entry) => squeezed(entry) === wanted)) ??
    decide(entries.filter((entry) => squeezed(entry).toLowerCase() === folded)) ??
    decide(entries.filter((entry) => fitsWords(words, entry)));
  if (found) return found;
  const near = nearest(
    wanted,
    entries.map((entry) => entry.toLowerCase()),
  );
  return { match: 'none', near: entries.find((entry) => entry.toLowerCase() === near) ?? null };
};

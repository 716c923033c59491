/** Syncro's own: T, a number in hex, a dash, more hex. */
const SYNCRO = /^T[0-9a-f]{8,}-[0-9a-f]{8,}$/i;
const SLACK = /^xox[a-z]-|^xapp-/;
const GUID = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i;
const SHORTEST = 20;
/** Letters and digits without a stop. Serial numbers are as long, but in capitals. */
const UNBROKEN = /^(?=.*[a-z])(?=.*\d)[A-Za-z0-9]{20,}$/;
/** Of a key in base64: what people make up has one writing of letters in a piece. */
const MIXED = /^(?=.*[a-z])(?=.*[A-Z])(?=.*\d)[A-Za-z0-9]{8,}$/;
/** `acmewestfileserver2024`: a word and a number. */
const WORD_AND_NUMBER = /^[A-Za-z]+\d{0,8}$/;

/**
 * Whether a word may be a key or a password rather than something that people write about tickets, such as the number of
 * a part or the name of a machine.
 */
export const looksLikeToken = (word: string): boolean => {
  const bare = word.replace(/^[^A-Za-z0-9]+/, '').replace(/[^A-Za-z0-9_-]+$/, '');
  if (SYNCRO.test(bare) || SLACK.test(bare)) return true;
  if (bare.length < SHORTEST || !/^[A-Za-z0-9_-]+$/.test(bare) || GUID.test(bare)) return false;
  return bare
    .split(/[-_]/)
    .some((piece) => !WORD_AND_NUMBER.test(piece) && (UNBROKEN.test(piece) || MIXED.test(piece)));
};

/** Syncro's own (T, a number in hex, a dash, more hex), Slack's, Amazon's and the web's (JWT), wherever in a word. */
const KNOWN =
  /(?<![\w-])(?:T[0-9a-f]{8,}-[0-9a-f]{8,}(?![A-Za-z0-9-])|xox[a-z]-\d|xapp-\d|AKIA[0-9A-Z]{16}(?![\w-])|eyJ[\w-]+\.eyJ)/i;
const GUID = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i;
const SHORTEST = 20;
/** Letters and digits without a stop. Serial numbers are as long, but in capitals. */
const UNBROKEN = /^(?=.*[a-z])(?=.*\d)[A-Za-z0-9]{20,}$/;
/** Of a key in base64: what people make up has one writing of letters in a piece. */
const MIXED = /^(?=.*[a-z])(?=.*[A-Z])(?=.*\d)[A-Za-z0-9]{8,}$/;
const HEX = /^[0-9a-f]{20,}$/;
/** `acmewestfileserver2024`: a word and a number. */
const WORD_AND_NUMBER = /^[A-Za-z]+\d{0,8}$/;

/** Two letters that often stand together in words: about two thirds of a word's, and one in eight of a random text's. */
const IN_WORDS = new Set(
  (
    'th he in er an re on at en nd ti es or te of ed is it al ar st to nt ng se ha as ou io le ve co me de ri ro ic ne ' +
    'ea ra ce li ch ll be ma si om ur ca el ta la ns di fo ho pe ec pr no ct us ac ot il tr ly nc et ut ss so rs un lo ' +
    'wa ge ie wh ee wi em ad ol rt po we na ul'
  ).split(' '),
);
const TWO_DIGITS = /^\d\d$/;

/**
 * `office365migration2024phase2`, `HPLaserJetProM404dn2023`: at least a third of its neighbours belong together, as in
 * words and numbers. Of random letters and digits one in 200 looks so.
 */
const isMadeUp = (piece: string): boolean => {
  let together = 0;
  for (let at = 0; at + 1 < piece.length; at++) {
    const two = piece.slice(at, at + 2).toLowerCase();
    if (IN_WORDS.has(two)) together += 1;
    else if (TWO_DIGITS.test(two)) together += 0.5;
  }
  return together * 3 >= piece.length - 1 && !HEX.test(piece);
};

/**
 * Whether a word may be a key or a password rather than something that people write about tickets, such as the number of
 * a part or the name of a machine.
 */
export const looksLikeToken = (word: string): boolean => {
  if (/\s/.test(word)) return false;
  if (KNOWN.test(word)) return true;
  const bare = word
    .replace(/^[^A-Za-z0-9]+/, '')
    .replace(/[^A-Za-z0-9_-]+$/, '')
    // `token=…`
    .replace(/^\w+=["']?/, '');
  if (bare.length < SHORTEST || !/^[A-Za-z0-9_-]+$/.test(bare) || GUID.test(bare)) return false;
  return bare
    .split(/[-_]/)
    .some((piece) => !WORD_AND_NUMBER.test(piece) && (UNBROKEN.test(piece) || MIXED.test(piece)) && !isMadeUp(piece));
};

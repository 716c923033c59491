const LONG = /^[A-Za-z0-9_-]{20,}$/;
/** Syncro's own: T, a number in hex, a dash, more hex. */
const SYNCRO = /^T[0-9a-f]{8,}-[0-9a-f]{8,}$/i;
const GUID = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i;
/** `backup_2024_11_24_server01`: long, but words and numbers that somebody made up. */
const ORDINARY_PIECE = /^[A-Za-z]{0,12}\d{0,8}$/;

/** Whether a word may be a key or a password rather than something that people write about tickets. */
export const looksLikeToken = (word: string): boolean => {
  const bare = word.replace(/^[^A-Za-z0-9]+|[^A-Za-z0-9_-]+$/g, '');
  if (SYNCRO.test(bare)) return true;
  if (!LONG.test(bare) || !/[A-Za-z]/.test(bare) || !/\d/.test(bare) || GUID.test(bare)) return false;
  return bare.split(/[-_]/).some((piece) => !ORDINARY_PIECE.test(piece));
};

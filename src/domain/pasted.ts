/** White space and what is not to be seen: line ends of Windows, byte order marks, zero-width and no-break spaces. */
const IS_NOTHING = /^[\s\p{C}]$/u;
const QUOTED = /^(?:"([^"]*)"|'([^']*)'|“([^”]*)”|‘([^’]*)’)$/u;

const bareOf = (value: string): string => {
  const characters = Array.from(value);
  const isNothing = (character: string): boolean => IS_NOTHING.test(character);
  const first = characters.findIndex((character) => !isNothing(character));
  const last = characters.findLastIndex((character) => !isNothing(character));
  return first < 0 ? '' : characters.slice(first, last + 1).join('');
};

/** A value as it was meant that was pasted, or written by an editor that puts something around it. */
export const asMeant = (value: string): string => {
  const bare = bareOf(value);
  const inside = QUOTED.exec(bare)
    ?.slice(1)
    .find((part) => part !== undefined);
  return inside === undefined ? bare : asMeant(inside);
};

/** Whether it can be a key, token or secret: something to be seen, in one piece, with no quote of half a pair around it. */
export const canBeSecret = (value: string): boolean => /^[!-~]+$/.test(value) && !/^["']|["']$/.test(value);

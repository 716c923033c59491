/** White space and what is not to be seen: line ends of Windows, byte order marks, zero-width and no-break spaces. */
const IS_NOTHING = /^[\s\p{C}]$/u;
const QUOTED =
  /^(?:"([^"]*)"|'([^']*)'|`([^`]*)`|“([^”]*)”|„([^“”]*)[“”]|‘([^’]*)’|‚([^‘’]*)[‘’]|«([^»]*)»|»([^«]*)«)$/u;

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

/** No backslash: `\r` in two letters is what an escape leaves. */
const IN_ONE_PIECE = /^[!-[\]-~]+$/;
/** What keys begin and end with; a quote of half a pair, a bracket or a comma was copied along. */
const WITHOUT_MARKS = /^[\w+/=-].*(?<=[\w+/=-])$/;

/** Whether it can be a key, token or secret: something to be seen, in one piece, with no mark around it. */
export const canBeSecret = (value: string): boolean => IN_ONE_PIECE.test(value) && WITHOUT_MARKS.test(value);

import { typedText } from '../shared/typed-text.ts';
import { within } from '../shared/within.ts';
import { unescapeText } from './blocks.ts';
import type { SlackKit } from './kit.ts';
import { type NameOf, readToken } from './message-text.ts';

/** Brackets that were typed behind a command come escaped: whatever stands between real ones is Slack's. */
const BEHIND_COMMAND = /<([^<>]+)>|&(?:amp|lt|gt);/g;
const TARGET = '(?:[@#][A-Z0-9]{2,30}|![a-z]+(?:\\^[^<>|]{1,200})?|[a-z][a-z0-9+.-]{1,30}:[^<>|\\s]{1,3000})';
/** Brackets in a field were typed, or they came along with a label that nobody types. */
const IN_FIELD = new RegExp(`<(${TARGET}\\|[^<>]{0,3000}|!subteam\\^[^<>|]{1,200})>`, 'gi');
const MEMBER = /<@([A-Z0-9]{2,30})(\|[^<>]{0,3000})?>/g;

/** A link reads as its words, as it did where it was typed. */
const wordsOfLink = (address: string, label: string): string => label || address.replace(/^(?:mailto|tel):/i, '');

const ownId: NameOf = (id) => id;

/** What somebody typed into a field of a form or a typeahead. Slack sends it as it is; what was pasted may hold its markup. */
export const typedInField = (text: string): string =>
  typedText(text.replace(IN_FIELD, (_whole, inside: string) => readToken(inside, ownId, wordsOfLink)));

/** Behind a command Slack also escapes what was typed (`should_escape` of the manifest). */
export const typedBehindCommand = (text: string, nameOf: NameOf): string =>
  typedText(
    text.replace(BEHIND_COMMAND, (whole, inside: string | undefined) =>
      inside === undefined ? unescapeText(whole) : readToken(inside, nameOf, wordsOfLink),
    ),
  ).trim();

/** Slack lets a form be opened for 3 seconds after a command. */
const NAMES_MS = 800;

export type Typed = {
  /** As the person saw it. */
  readonly text: string;
  /** The member ids behind its mentions. */
  readonly mentioned: readonly string[];
};

/** What was typed behind a command; only a mention that came without its name makes Slack be asked. */
export const readTyped = async ({ people }: SlackKit, raw: string): Promise<Typed> => {
  const members = [...raw.matchAll(MEMBER)];
  const nameless = members.flatMap(([, id, label = '']) => (id && label.length < 2 ? [id] : []));
  const names = nameless.length > 0 ? await within(NAMES_MS, people.names(nameless), () => null) : null;
  return {
    text: typedBehindCommand(raw, names ?? (() => null)),
    mentioned: members.flatMap(([, id]) => id ?? []),
  };
};

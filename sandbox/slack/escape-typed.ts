import { handleOf, type Workspace } from './workspace.ts';

/** As Slack hands on what people type into a message: with `&`, `<` and `>` escaped. */
export const escapeTyped = (text: string): string =>
  text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;');

/** An address of the web or of mail, a bare domain, a phone number, a mention, a channel. */
const SPECIAL = new RegExp(
  [
    '<@(?<id>[A-Z0-9]{2,30})>',
    '(?<url>(?:https?|ftp|file|slack|ssh)://[^\\s<>|"]{1,2000})',
    '(?<mail>[\\w.+-]{1,64}@[\\w-]{1,63}(?:\\.[\\w-]{1,63}){1,4})',
    '(?<![\\w@./-])(?<domain>(?:[a-z0-9-]{1,63}\\.){1,4}(?:com|net|org|io|example)(?:/[^\\s<>]{0,2000})?)(?![\\w-])',
    '(?<![\\w/-])(?<phone>(?:\\+1[ -]?)?(?:\\(\\d{3}\\) ?|\\d{3}[-. ])\\d{3}[-. ]\\d{4})(?![\\w-])',
    '(?<![\\w/])@(?<person>[a-z][a-z0-9._-]{0,79})',
    '(?<![\\w/&])#(?<channel>[a-z][a-z0-9_-]{0,79})',
  ].join('|'),
  'gi',
);
const BROADCASTS = ['here', 'channel', 'everyone'];
const AFTER_ADDRESS = /[.,;:!?)]$/;

const member = ({ users }: Workspace, name: string): string | null => {
  const found = [...users.values()].find((user) => handleOf(user) === name || handleOf(user).split('.')[0] === name);
  return found ? `<@${found.id}|${name}>` : null;
};

const channel = ({ channels }: Workspace, name: string): string | null => {
  const found = [...channels.values()].find((each) => each.name === name && each.kind !== 'im');
  return found ? `<#${found.id}|${name}>` : null;
};

const markup = (workspace: Workspace, whole: string, groups: Readonly<Record<string, string | undefined>>): string => {
  const { id, url, mail, domain, phone, person, channel: place } = groups;
  const picked = workspace.users.get(id ?? '');
  if (picked) return `<@${picked.id}|${handleOf(picked)}>`;
  if (url !== undefined) {
    const address = url.replace(AFTER_ADDRESS, '');
    return `<${escapeTyped(address)}>${escapeTyped(url.slice(address.length))}`;
  }
  if (mail !== undefined) return `<mailto:${mail}|${mail}>`;
  if (domain !== undefined) return `<http://${escapeTyped(domain)}|${escapeTyped(domain)}>`;
  if (phone !== undefined) return `<tel:${phone.replace(/[^\d+]/g, '')}|${phone}>`;
  if (person !== undefined && BROADCASTS.includes(person)) return `<!${person}>`;
  const known =
    person !== undefined ? member(workspace, person) : place !== undefined ? channel(workspace, place) : null;
  return known ?? escapeTyped(whole);
};

/** Behind a command with `should_escape`: people, channels, addresses and phone numbers come as Slack's markup. */
export const escapeCommand = (workspace: Workspace, text: string): string => {
  let out = '';
  let end = 0;
  for (const match of text.matchAll(SPECIAL)) {
    out += escapeTyped(text.slice(end, match.index)) + markup(workspace, match[0], match.groups ?? {});
    end = match.index + match[0].length;
  }
  return out + escapeTyped(text.slice(end));
};

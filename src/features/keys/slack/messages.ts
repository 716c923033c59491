import { isAppError } from '../../../shared/errors.ts';
import type { Technician } from '../../../shared/technician.ts';
import { shorten } from '../../../shared/text.ts';
import { header, line, lines, note, type Part } from '../../../slack/blocks.ts';
import { connectRow } from '../../../slack/error.ts';
import { type Reply, reply } from '../../../slack/reply.ts';
import type { Disconnecting, Left } from '../connect-key.ts';
import type { TechnicianKey, WhoAmI } from '../key-uses.ts';

type Whose = { readonly name: string; readonly syncroUserId: number };

const whose = ({ name, syncroUserId }: Whose): string => `${shorten(name, 80)} (Syncro user ${syncroUserId})`;

export const connectedWords = (who: Whose): string => `Connected as ${whose(who)}.`;

export const carryingOn = (interrupted: string): string => `Carrying on with: ${shorten(interrupted, 150)}.`;

export const connectedMessage = (who: Whose, interrupted: string): Reply => {
  const next = interrupted ? ` ${carryingOn(interrupted)}` : '';
  return reply(`${connectedWords(who)}${next}`, [line({ bold: '✓ ' }, `${connectedWords(who)}${next}`)]);
};

export const refusedToken =
  'Syncro refused this token, so nothing was stored. Copy it again; Syncro shows a token only when it is made.';

export const someoneElses = (owner: Whose, technician: Technician): string =>
  `This token belongs to ${whose(owner)}, not to ${whose(technician)}. Nothing was stored.`;

export const keysUnavailable = (): Reply => {
  const text =
    "Keys can't be connected here yet: there is no ENCRYPTION_KEY to encrypt them with. Nothing was stored. Ask your admin to make one (openssl rand -base64 32), set it as ENCRYPTION_KEY in the app's environment and restart the app.";
  return reply(text, [line(text)]);
};

const PLACES = { slack: 'connected in Slack', vault: 'from the SOPS vault', environment: 'from the environment' };

const leftWords = ({ origin, shared, result }: Disconnecting & Left): string => {
  if (origin) return `The key ${PLACES[origin]} is used${result === 'disconnected' ? ' from now on' : ''}.`;
  if (shared === 'writes') return "What you post now carries the shared key's name.";
  if (shared === 'reads')
    return "Reading continues with the shop's shared key; nothing can be posted until a key is connected.";
  return 'Nothing can be read or posted until a key is connected.';
};

/** @param name whose, for an admin; `null`: one's own */
export const disconnectedMessage = (outcome: Disconnecting, name: string | null): Reply => {
  if (outcome.result === 'not_admin') {
    const text = "Only an admin can disconnect somebody else's key. Nothing was changed.";
    return reply(text, [line(text)]);
  }
  const done =
    outcome.result === 'disconnected'
      ? `${name === null ? 'Your key' : `The key of ${name}`} is deleted here. It still exists in Syncro: revoke it there if it's no longer needed.`
      : `${name === null ? 'You have' : `${name} has`} no key connected in Slack. Nothing was changed.`;
  const text = `${done} ${leftWords(outcome)}`;
  return reply(text, [line(text), ...(name === null && outcome.origin === null ? [connectRow()] : [])]);
};

const keyParts = ({ origin, connectedAt, verifiedAt }: WhoAmI['status']): readonly Part[] => [
  origin ? PLACES[origin] : 'none',
  ...(connectedAt === null ? [] : [' since ', { date: connectedAt }]),
  ...(verifiedAt === null ? [] : [' · last checked ', { date: verifiedAt }]),
];

const syncroWords = ({ syncro, technician }: WhoAmI): string => {
  if (syncro === null) return `not known without a key of your own; the settings say user ${technician.syncroUserId}`;
  if (!isAppError(syncro)) return `${syncro.name}, user ${syncro.id} (asked just now)`;
  if (syncro.code === 'key_refused') return '! Syncro refuses your key: it was revoked or has expired';
  if (syncro.code === 'wrong_key') return `! ${syncro.message}`;
  return "can't be checked right now";
};

const SHARED = {
  none: '',
  reads: 'Without a key of your own you can read with the shared key, but not post.',
  writes: "Without a key of your own you post under the shared key's name.",
};

/** Syncro being away is nothing that another key would change. */
const needsKey = (syncro: WhoAmI['syncro']): boolean =>
  syncro === null || (isAppError(syncro) && ['key_refused', 'wrong_key'].includes(syncro.code));

export const whoAmIMessage = (who: WhoAmI): Reply => {
  const { technician, status, shared, syncro, at } = who;
  const works = syncro !== null && !isAppError(syncro);
  const shown = works ? { ...status, verifiedAt: at } : status;
  return reply(`${technician.name}. Syncro: ${syncroWords(who)}`, [
    lines(
      [{ bold: technician.name }, ` · ${technician.role}`],
      ['Slack: ', technician.slackUser],
      ['Syncro: ', syncroWords(who)],
      ['Key: ', ...keyParts(shown)],
      ...status.problems.slice(0, 3).map((problem): readonly Part[] => ['! ', shorten(problem, 400)]),
    ),
    ...(needsKey(syncro) ? [connectRow()] : []),
    ...(syncro === null && SHARED[shared] ? [note(SHARED[shared])] : []),
  ]);
};

/** Slack takes long messages, people don't. */
const SHOWN = 60;

export const everyonesKeysMessage = (all: readonly TechnicianKey[]): Reply => {
  const without = all.filter(({ status }) => status.origin === null).length;
  const title = `Keys · ${all.length} technicians · ${without} without`;
  const rows = all
    .slice(0, SHOWN)
    .map(({ technician, status }): readonly Part[] => [
      status.origin === null || status.problems.length > 0 ? '! ' : '✓ ',
      { bold: shorten(technician.name, 40) },
      ` · user ${technician.syncroUserId} · `,
      ...keyParts(status),
      ...status.problems.slice(0, 1).map((problem) => ` · ${shorten(problem, 120)}`),
    ]);
  const more = all.length - rows.length;
  return reply(title, [header(title), lines(...rows), ...(more > 0 ? [note(`and ${more} more`)] : [])]);
};

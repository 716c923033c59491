import type { KnownBlock } from '@slack/types';
import { type AppError, isAppError } from '../shared/errors.ts';
import { shorten } from '../shared/text.ts';
import { actions, button, line, note, type Part, spoken } from './blocks.ts';
import type { Outside } from './members.ts';
import { type Reply, reply, sentence } from './reply.ts';
import { Unsaid } from './slack-failure.ts';

export const CONNECT = 'key:connect';

/** Slack takes 2,000 in a button; it is kept in a form's 3,000 too, written as JSON. */
const LONGEST_COMMAND = 1_000;

/** Whether a command can go on by itself after connecting. */
const canCarryOn = (interrupted: string | undefined): interrupted is string =>
  interrupted !== undefined && interrupted !== '' && interrupted.length <= LONGEST_COMMAND;

export const connectButton = (interrupted?: string) =>
  button('Connect', CONNECT, canCarryOn(interrupted) ? { value: interrupted } : {});

/** The button that leads to a key, and back to what was interrupted. @param interrupted the command, without `/syncro` */
export const connectRow = (interrupted?: string): KnownBlock => actions('key', [connectButton(interrupted)]);

/** What the person was doing when it failed. */
export type Doing = {
  readonly command: string;
  /** Reading changes nothing; writing must say that nothing was sent. */
  readonly writing: boolean;
  /** The technician's name. */
  readonly who: string;
  /** The command to go on with once a key is connected, without `/syncro`. */
  readonly interrupted?: string;
};

type Attempt = Doing & {
  readonly ref: string;
  /** Since when Syncro has not answered, epoch milliseconds. */
  readonly downSince: number | null;
};

/** Failures that connecting a key can end. */
const ABOUT_KEYS: ReadonlySet<AppError['code']> = new Set(['no_key', 'key_refused', 'wrong_key']);

const carryOn = (what: string, interrupted: string | undefined): string =>
  canCarryOn(interrupted) ? `${what} and I'll carry on with: ${shorten(interrupted, 150)}.` : `${what} and try again.`;

const LIMIT = "Syncro's rate limit is reached (180 requests a minute for everyone).";

const secondsOf = (ms: number): number => Math.max(1, Math.ceil(ms / 1000));

type Words = { readonly happened: readonly Part[]; readonly next: string };

const NO_DATABASE: Readonly<Record<NonNullable<AppError['why']> | 'away', Words>> = {
  away: {
    happened: ["My database isn't answering."],
    next: 'Try again in a moment; what you already confirmed is kept and continues by itself.',
  },
  unwritable: {
    happened: ["I can't write to my database: its disk is full, or it is read-only."],
    next: 'Tell your admin; what you already confirmed is kept and continues by itself once there is room.',
  },
  newer: {
    happened: ["I'm being upgraded: a newer version is already using my database."],
    next: 'Wait for the upgrade to finish, then try again.',
  },
};

const words = (error: AppError, { command, downSince, writing, who, interrupted }: Attempt): Words => {
  switch (error.code) {
    case 'not_found':
      return {
        happened: [error.subject ? `No ${error.subject} in Syncro.` : error.message],
        next: `Try ${command} search <words>.`,
      };
    case 'key_refused':
      return {
        happened: [`Syncro refused your key (as ${who}).`],
        next: carryOn('Connect again', interrupted),
      };
    case 'not_allowed':
      return {
        happened: ['Your Syncro account may not do this.', ` Syncro says: "${error.message}"`],
        next: 'A Syncro admin can change your permissions.',
      };
    case 'wrong_key':
      return { happened: [error.message], next: carryOn('Connect your own key', interrupted) };
    case 'no_key':
      return { happened: [error.message], next: carryOn('Connect yours', interrupted) };
    case 'invalid':
      return { happened: [`Syncro refused: "${error.message}"`], next: 'Correct it and try again.' };
    case 'rate_limited':
      return { happened: [LIMIT], next: `Try again in ${secondsOf(error.retryAfterMs ?? 60_000)} s.` };
    case 'unreachable':
      return {
        happened:
          downSince === null ? ["Syncro didn't answer."] : ["Syncro hasn't answered since ", { clock: downSince }, '.'],
        next: writing
          ? 'Try again in a moment.'
          : 'Try again in a moment; what you already confirmed is kept and goes out when it is back.',
      };
    case 'unreadable':
      // What it is that can't be read; what stays so is not to be tried again.
      return { happened: [error.message], next: error.retryable ? 'Try again in a moment.' : 'Open it in Syncro.' };
    case 'no_database':
      return NO_DATABASE[error.why ?? 'away'];
    case 'unsure':
      return {
        happened: ['I lost the connection to my database before it confirmed that this was saved.'],
        next: "If it was, it continues by itself and I'll tell you.",
      };
    case 'busy':
    case 'stale':
      return { happened: [error.message], next: '' };
  }
};

const partsOf = (error: unknown, attempt: Attempt): readonly Part[] => {
  const unknown = 'Unknown: check before repeating.';
  const nothing = attempt.writing ? 'Nothing was sent.' : 'Nothing was changed.';
  if (error instanceof Unsaid)
    return [`Slack didn't accept my answer. ${attempt.writing ? unknown : 'Try again in a moment.'}`];
  if (!isAppError(error)) return [`Something went wrong on our side. ${nothing} Tell your admin the reference.`];
  const { happened, next } = words(error, attempt);
  // What is not known is not claimed.
  return [...happened, ` ${error.code === 'unsure' ? unknown : nothing}`, next ? ` ${next}` : ''];
};

/** What happened, what was not done, what to do next, and a reference for the log. */
export const errorMessage = (error: unknown, attempt: Attempt): Reply => {
  const parts = partsOf(error, attempt);
  return reply(`${spoken(...parts)} Ref ${attempt.ref}`, [
    line(...parts),
    note(`ref ${attempt.ref}`),
    ...(isAppError(error) && ABOUT_KEYS.has(error.code) ? [connectRow(attempt.interrupted)] : []),
  ]);
};

/** What was asked is asked again by itself. */
export const limitedMessage = (waitMs: number): Reply => sentence(`⏳ ${LIMIT} Continuing in ${secondsOf(waitMs)} s.`);

/** It waits for its turn. */
export const queuedMessage = (): Reply => sentence(`⏳ ${LIMIT} You'll get your answer as soon as there is room.`);

/** For somebody of whom Slack could not say who they are. */
export const unsureMessage = (): Reply =>
  sentence("Slack couldn't confirm just now who you are, so nothing was shown or changed. Try again in a moment.");

/** Why somebody in the settings is not let in: what Slack says of them, or what they sent came to another app. */
export type Refused = Outside | 'other_app';

const REFUSED: Readonly<Record<Refused, string>> = {
  elsewhere: 'Slack says that you belong to another workspace.',
  guest: 'Slack says that you are a guest here, and guests may not use it.',
  deactivated: 'Slack says that your account is deactivated.',
  app: 'Slack says that you are an app, not a person.',
  not_found: 'Slack says that nobody has your member ID.',
  not_visible: "Slack says that I can't see your account.",
  other_app: 'This came through a different Slack app than the one that is set up here.',
};

/**
 * For everybody who is not let in: polite, and without any data.
 * @param refused null: they are not in the settings
 */
export const strangerMessage = (slackUser: string, refused: Refused | null = null): Reply => {
  const about = refused === 'other_app' ? 'which app to use' : 'about your Slack account';
  const why =
    refused === null
      ? `Ask your admin to add your Slack member ID ${slackUser} to the technicians.`
      : `${REFUSED[refused]} Your Slack member ID ${slackUser} is in the settings, so ask your admin ${about}.`;
  return sentence(`You are not set up to use Syncro here, so nothing was shown or changed. ${why}`);
};

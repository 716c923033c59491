import type { Posting } from '../../../shared/posting.ts';
import { header, line, lines, note, type Part } from '../../../slack/blocks.ts';
import { type Reply, reply } from '../../../slack/reply.ts';
import type { DigestRefusal, ListedDigest, SetUpDigest, SwitchedOff } from '../digest-desk.ts';
import type { DigestPost } from '../ports.ts';
import { problemWords } from './digest-problem.ts';

const said = (words: string): Reply => reply(words, [line(words)]);

const NOTHING_CHANGED = 'Nothing was changed.';

/** @param command `/syncro` */
const refusedWords = (refusal: DigestRefusal): string => {
  switch (refusal.result) {
    case 'not_admin':
      return `Only admins can change where and when digests are posted. ${NOTHING_CHANGED}`;
    case 'in_settings':
      return `This channel's digest is set in config.yml and can only be changed there. ${NOTHING_CHANGED}`;
    case 'closed':
      return `${closedWords(refusal.reason)} ${NOTHING_CHANGED}`;
    case 'no_zone':
      return `I don't know the time zone: your Syncro account ${
        refusal.named === null ? 'names none' : `says "${refusal.named}"`
      }. Add a digest with its timezone to config.yml. ${NOTHING_CHANGED}`;
  }
};

/** In a direct message between people there is nobody to invite. */
const closedWords = (reason: string): string =>
  reason === 'not_in_channel' || reason === 'channel_not_found'
    ? "I can't post here because I'm not in this conversation. In a channel, invite me with /invite @Syncro and run the command again."
    : problemWords(reason);

export const setUpMessage = (answer: SetUpDigest): Reply => {
  if (answer.result !== 'set_up') return said(refusedWords(answer));
  const { job, nextAt, replaced } = answer;
  const words = `${replaced ? 'Changed: the' : 'The'} open tickets will be posted in this channel at ${job.at} (${job.timezone}), ${job.days}.`;
  const next: readonly Part[] = nextAt === null ? [] : [' Next: ', { date: nextAt }, '.'];
  return reply(words, [
    line(words, ...next),
    note('/syncro digest off stops it · /syncro digest preview shows it to you'),
  ]);
};

export const switchedOffMessage = (answer: SwitchedOff): Reply => {
  if (answer.result === 'off') return said('No more digests in this channel.');
  if (answer.result === 'none') return said(`No digest is set up in this channel. ${NOTHING_CHANGED}`);
  return said(refusedWords(answer));
};

/** What a person hears who asked for a digest at once. */
export const postedNowMessage = (posting: Posting): Reply => {
  switch (posting.result) {
    case 'posted':
      return said('Posted.');
    case 'refused':
      return said(`${closedWords(posting.reason)} Nothing was posted.`);
    case 'not_sent':
      return said("Slack isn't accepting messages right now. Nothing was posted. Try again in a minute.");
    case 'unclear':
      return said("Slack didn't answer. Unknown: check whether the digest is there before you repeat it.");
  }
};

const lastParts = (last: DigestPost | null): readonly Part[] => {
  if (last === null || last.state === 'passed') return [' · never posted yet'];
  const when: readonly Part[] = [{ date: last.slot }];
  switch (last.state) {
    case 'posted':
      return [' · last ', ...when];
    case 'claimed':
    case 'posting':
      return [' · due, not posted yet'];
    case 'skipped':
      return [' · ! not posted ', ...when, ', it was over 4 hours late'];
    case 'refused':
      return [' · ! not posted ', ...when, `: ${problemWords(last.reason ?? '')}`];
    case 'unknown':
      return [' · ! perhaps not posted ', ...when, ': Slack gave no answer'];
  }
};

/** Slack shows no name for a direct message. */
const place = ({ channel }: ListedDigest['job']): Part => (channel.startsWith('D') ? 'direct message' : { channel });

const listRow = ({ job, nextAt, last }: ListedDigest): readonly Part[] => [
  place(job),
  `  ${job.at} ${job.days} (${job.timezone})${job.setUp ? '' : ', in config.yml'}`,
  ...(nextAt === null ? [] : [' · next ', { date: nextAt }]),
  ...lastParts(last),
];

/** Slack takes far more; a list this long is read by nobody. */
const MOST_ROWS = 40;

export const digestListMessage = (listed: readonly ListedDigest[]): Reply => {
  const how = 'An admin can set one up in its channel: /syncro digest here at 08:00';
  if (listed.length === 0) return reply('No digest is set up.', [line('No digest is set up.'), note(how)]);
  const title = `Digests · ${listed.length}`;
  return reply(title, [
    header(title),
    lines(...listed.slice(0, MOST_ROWS).map(listRow)),
    ...(listed.length > MOST_ROWS ? [note(`and ${listed.length - MOST_ROWS} more`)] : []),
    note(how),
  ]);
};

import { AppError } from '../../../shared/errors.ts';
import { shorten } from '../../../shared/text.ts';
import type { Asked } from '../../../slack/asked.ts';
import { command, notUnderstood, understood } from '../../../slack/feature.ts';
import { sayWhenReady } from '../../../slack/say.ts';
import { digestListMessage, postedNowMessage, setUpMessage, switchedOffMessage } from './digest-answers.ts';
import { digestMessage } from './message.ts';
import type { DigestsUse } from './use.ts';

type DigestCommand =
  /** `list`: which digests are posted where. `now`: for this channel, at once. `preview`: for me alone. */
  | { readonly verb: 'now' | 'preview' | 'list' | 'off' }
  /** Every workday into this channel; `at` is `HH:MM`. */
  | { readonly verb: 'here'; readonly at: string };

/** `8`, `8:00`, `08:00`, `8am`, `5 pm` to `HH:MM`; `null`: no time of day. */
const parseTimeOfDay = (text: string): string | null => {
  const match = text.toLowerCase().match(/^(\d{1,2})(?::([0-5]\d))?\s*(am|pm)?$/);
  if (!match) return null;
  const half = match[3];
  const hour = Number(match[1]);
  if (half ? hour < 1 || hour > 12 : hour > 23) return null;
  const hours = half ? (hour % 12) + (half === 'pm' ? 12 : 0) : hour;
  return `${String(hours).padStart(2, '0')}:${match[2] ?? '00'}`;
};

const EXAMPLE = 'digest here at 08:00';

const parse = (words: readonly string[]) => {
  const [verb = 'list', ...rest] = words.map((word) => word.toLowerCase());
  switch (verb) {
    case 'now':
    case 'preview':
    case 'list':
    case 'off':
      return understood<DigestCommand>({ verb });
    case 'here': {
      const text = rest.filter((word) => word !== 'at').join(' ');
      const at = parseTimeOfDay(text);
      if (at !== null) return understood<DigestCommand>({ verb: 'here', at });
      return notUnderstood(text ? `"${shorten(text, 60)}" is not a time of day.` : 'At what time?', EXAMPLE);
    }
    default:
      return notUnderstood(
        `"${shorten(verb, 60)}" isn't a digest command. Use now, preview, here at <time>, list or off.`,
        EXAMPLE,
      );
  }
};

const run = async ({ deps, use, technician, say, channel }: Asked<DigestsUse>, asked: DigestCommand): Promise<void> => {
  const { digests } = use;
  if (asked.verb === 'list') return say(digestListMessage(await digests.list()));
  if (channel === null) throw new AppError('stale', 'Run this command in the channel it is for.');
  switch (asked.verb) {
    case 'preview':
      return sayWhenReady(say, 'Reading the open tickets', async () =>
        digestMessage(await digests.make(technician, channel), { missed: [], dueAt: null }, deps.links),
      );
    case 'now':
      return sayWhenReady(say, 'Reading the open tickets', async () =>
        postedNowMessage(await digests.post(technician, channel)),
      );
    case 'here':
      return sayWhenReady(say, 'Looking at this channel', async () =>
        setUpMessage(await digests.setUp(technician, channel, asked.at)),
      );
    case 'off':
      return say(switchedOffMessage(await digests.switchOff(technician, channel)));
  }
};

/** The open tickets of the day: for me, for this channel, every morning, or never again. */
export const digestCommand = command<DigestsUse, DigestCommand>({
  name: 'digest',
  usage: 'digest now|preview|list',
  does: "the day's open tickets: for this channel, or just for you",
  example: 'digest preview',
  forAdmins: { usage: 'digest here at <time>|off', does: 'every workday in this channel, or off' },
  parse,
  run,
});

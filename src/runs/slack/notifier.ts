import { z } from 'zod';
import type { Clock, Log } from '../../shared/system.ts';
import { findMarked } from '../../slack/find-marked.ts';
import type { Links } from '../../slack/links.ts';
import type { Reply } from '../../slack/reply.ts';
import { openDm } from '../../slack/say.ts';
import { slackFailure } from '../../slack/slack-failure.ts';
import type { WebClients } from '../../slack/web-clients.ts';
import type { Notice, Notifier, Shown, ToShow } from '../ports.ts';
import { isQuiet, type Run } from '../rules/run.ts';
import { askedNow, heldUntil, isAnswer, isNews } from '../rules/run-notice.ts';
import { continuedMessage, runMessage } from './message.ts';

const EVENT_TYPE = 'syncro_run';
const payload = z.looseObject({ run: z.string(), version: z.number(), asks: z.string().optional() });

const STILL_THERE_MS = 30_000;

type Deps = {
  readonly clients: Pick<WebClients, 'once' | 'background'>;
  readonly links: Links;
  /** Where a form was opened; `null`: not in a channel, or nobody knows. */
  readonly askedIn: (formId: string) => Promise<string | null>;
  readonly clock: Clock;
  readonly log: Log;
};

/** @param asks the question that it shows */
type Posted = { readonly notice: Notice; readonly version: number; readonly asks: string | null };

/** @returns why Slack will never take it. @throws when it may take it another time, as once an admin grants the scope */
const refusalOf = (error: unknown): string => {
  const failure = slackFailure(error);
  if (failure.kind !== 'refused' || failure.reason === 'missing_scope') throw error;
  return failure.reason;
};

/**
 * Shows a run as one direct message that is updated in place and stays as the receipt; a question, a failure and a late
 * end are new messages, and so is what can't be edited any more.
 */
export const createNotifier = ({ clients, links, askedIn, clock, log }: Deps): Notifier => {
  const { once, background } = clients;

  /** A message of this run that was posted without anybody noting where: its sender died, or Slack's answer was lost. */
  const findPosted = async (run: Run, channel: string): Promise<Posted | null> => {
    let [version, asks]: [number, string | null] = [0, null];
    const isIt = (found: unknown): boolean => {
      const { data } = payload.safeParse(found);
      version = data?.version ?? 0;
      asks = data?.asks ?? null;
      return data?.run === run.id;
    };
    try {
      const found = await findMarked(background, { channel, since: run.createdAt, eventType: EVENT_TYPE, isIt });
      return found.result === 'found' ? { notice: { channel, ts: found.ts }, version, asks } : null;
    } catch (error) {
      const failure = slackFailure(error);
      if (failure.kind !== 'refused') throw error;
      log.warn({ ref: run.ref, reason: failure.reason }, 'could not look for a message that may be there, posting it');
      return null;
    }
  };

  const marked = ({ run, version }: ToShow) => {
    const asks = askedNow(run);
    return { event_type: EVENT_TYPE, event_payload: { run: run.id, version, ...(asks === null ? {} : { asks }) } };
  };

  /** False: that message can't be edited, now or later. */
  const update = async (toShow: ToShow, { channel, ts }: Notice, { text, blocks }: Reply): Promise<boolean> => {
    try {
      // What it asked last stays noted on it while it shows how that goes on.
      const noted = isNews(toShow.run) ? { metadata: marked(toShow) } : {};
      await background.chat.update({ channel, ts, text, blocks, ...noted });
      return true;
    } catch (error) {
      const reason = refusalOf(error);
      log.info({ ref: toShow.run.ref, reason }, 'a message can not be edited, a new one takes its place');
      return false;
    }
  };

  /** `null`: this person's direct messages are closed. */
  const post = async (toShow: ToShow, channel: string, { text, blocks }: Reply): Promise<Notice | null> => {
    const body = { channel, text, blocks, metadata: marked(toShow), unfurl_links: false, unfurl_media: false };
    try {
      const posted = await once.chat.postMessage(body);
      return { channel: posted.channel ?? channel, ts: posted.ts ?? '' };
    } catch (error) {
      log.warn({ ref: toShow.run.ref, reason: refusalOf(error) }, 'a message was refused');
      return null;
    }
  };

  /** Where it was asked, for the person alone. Else it stands in the Home, which always has it. */
  const tellWhereAsked = async (run: Run, { text, blocks }: Reply): Promise<void> => {
    const channel = isAnswer(run) ? await askedIn(run.formId) : null;
    if (channel === null) return;
    try {
      await once.chat.postEphemeral({ channel, user: run.technician.slackUser, text, blocks });
    } catch (error) {
      log.warn({ ref: run.ref, reason: refusalOf(error) }, 'a run could be told nowhere but in the Home');
    }
  };

  /** Tried again and refused again: who pressed the button is still there. */
  const wasJustAsked = ({ notice, asks }: Posted, run: Run): boolean =>
    asks !== null && asks === askedNow(run) && clock.now() - Number(notice.ts) * 1000 < STILL_THERE_MS;

  /** @param before what it takes the place of */
  const postAnew = async (toShow: ToShow, message: Reply, before: Notice | null): Promise<Notice | null> => {
    const { run, mayBeThere, version } = toShow;
    const channel = await openDm(once, run.technician.slackUser, log);
    // News is posted rarely: to look once more is cheaper than to notify somebody twice.
    const found = mayBeThere || before !== null ? await findPosted(run, channel) : null;
    const isSaid = found !== null && (found.version >= version || wasJustAsked(found, run));
    const isLate = found !== null && !isNews(run) && found.notice.ts !== before?.ts;
    if (found && (isSaid || isLate) && (await update(toShow, found.notice, message))) return found.notice;
    const posted = await post(toShow, channel, message);
    if (!posted) await tellWhereAsked(run, message);
    const older = found?.notice ?? before;
    // Its buttons would answer a question that stands elsewhere now.
    if (posted && older) await background.chat.update({ ...older, ...continuedMessage(run) }).catch(() => undefined);
    return posted;
  };

  const shown = (notice: Notice | null): Shown => ({ result: 'shown', notice });

  return {
    show: async (toShow) => {
      const { run, notice } = toShow;
      if (notice === null && isQuiet(run)) return shown(null);
      const until = notice === null ? heldUntil(run, clock.now()) : null;
      if (until !== null) return { result: 'later', at: until };
      const { followed = null } = toShow;
      const message = runMessage(run, links, followed);
      if (notice && (followed || !isNews(run)) && (await update(toShow, notice, message))) return shown(notice);
      if (followed) return shown(notice);
      return shown(await postAnew(toShow, message, notice));
    },
  };
};

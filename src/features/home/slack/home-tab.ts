import type { Middleware, SlackEventMiddlewareArgs } from '@slack/bolt';
import type { HomeView } from '@slack/types';
import { z } from 'zod';
import type { Run } from '../../../runs/rules/run.ts';
import type { Technician } from '../../../shared/technician.ts';
import type { SlackKit } from '../../../slack/kit.ts';
import { type Caller, identify, refusal } from '../../../slack/person.ts';
import type { HomeUse } from './use.ts';
import { HOME_REFRESH, homeView, refusedHome } from './view.ts';

export type HomeTab = {
  /** Shows what is known at once, and again when Syncro has answered. Never throws. */
  opened(technician: Technician): Promise<void>;
  refused(who: Caller): Promise<void>;
  /** Carries out a press in the Home, then shows it anew: what was pressed there has no message that changes. */
  aroundPress(
    technician: Technician,
    press: { readonly actionId: string; readonly value: string },
    work: () => Promise<void>,
  ): Promise<void>;
};

/** Whoever presses Refresh means it; twice in a moment is still one reading. */
const REFRESH_MS = 2_000;
/** How long a run that was decided about is followed. */
const FOLLOW_MS = 5_000;

const RUN = z.object({ r: z.string().min(1) });

export const createHomeTab = (deps: SlackKit, use: HomeUse): HomeTab => {
  const { client, links, clock, log } = deps;
  /** By person, so that an older page never replaces a newer one. */
  const queues = new Map<string, Promise<void>>();

  const publish = async (slackUser: string, view: HomeView): Promise<void> => {
    await client.views.publish({ user_id: slackUser, view });
  };

  const inTurn = (slackUser: string, task: () => Promise<void>): Promise<void> => {
    const turn = (queues.get(slackUser) ?? Promise.resolve())
      .then(task)
      .catch((error: unknown) => log.warn({ err: error, user: slackUser }, 'the Home could not be shown'))
      .finally(() => {
        if (queues.get(slackUser) === turn) queues.delete(slackUser);
      });
    queues.set(slackUser, turn);
    return turn;
  };

  /** @returns whether what it shows of Syncro is new enough */
  const show = async (technician: Technician): Promise<boolean> => {
    let isFresh = false;
    await inTurn(technician.slackUser, async () => {
      const home = await use.homes.known(technician);
      ({ isFresh } = home);
      const around = { links, now: clock.now(), downSince: deps.downSince() };
      await publish(technician.slackUser, homeView(home, around));
    });
    return isFresh;
  };

  const readAndShow = async (technician: Technician, mostMs?: number): Promise<void> => {
    await use.homes
      .refresh(technician, mostMs)
      .catch((error: unknown) => log.error({ err: error }, 'a Home could not be read'));
    await show(technician);
  };

  const runOf = async (technician: Technician, actionId: string, value: string): Promise<Run | null> => {
    if (!actionId.startsWith('run:')) return null;
    try {
      const run = await use.getRun(RUN.parse(JSON.parse(value)).r);
      return run?.technician.slackUser === technician.slackUser ? run : null;
    } catch {
      // A button of another time: whoever carries it out says so.
      return null;
    }
  };

  return {
    opened: async (technician) => {
      if (!(await show(technician))) await readAndShow(technician);
    },

    refused: (who) => inTurn(who.id, () => publish(who.id, refusedHome(refusal(who)))),

    aroundPress: async (technician, { actionId, value }, work) => {
      const before = await runOf(technician, actionId, value);
      await work();
      if (actionId === HOME_REFRESH) return readAndShow(technician, REFRESH_MS);
      if (before) {
        await use
          .followRun(before, FOLLOW_MS)
          .catch((error: unknown) => log.warn({ err: error }, 'a run could not be followed'));
      }
      await show(technician);
    },
  };
};

const OPENED = z.looseObject({ user: z.string().min(1), tab: z.string() });

/** Bolt acknowledges events by itself; one that Slack sends again shows the same page again. */
export const homeOpened =
  (deps: SlackKit, home: HomeTab): Middleware<SlackEventMiddlewareArgs<'app_home_opened'>> =>
  async ({ event, body }) => {
    const opened = OPENED.safeParse(event);
    if (!opened.success || opened.data.tab !== 'home') return;
    const who = await identify(deps, { user_id: opened.data.user, team_id: body.team_id, api_app_id: body.api_app_id });
    await (who.technician ? home.opened(who.technician) : home.refused(who));
  };

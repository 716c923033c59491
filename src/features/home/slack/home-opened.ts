import type { Middleware, SlackEventMiddlewareArgs } from '@slack/bolt';
import { z } from 'zod';
import type { SlackDeps } from '../../../app/deps.ts';
import { identify } from '../../../slack/person.ts';
import type { HomeTab } from './home-tab.ts';

const OPENED = z.looseObject({ user: z.string().min(1), tab: z.string() });

/** Bolt acknowledges events by itself; one that Slack sends again shows the same page again. */
export const homeOpened =
  (deps: SlackDeps, home: HomeTab): Middleware<SlackEventMiddlewareArgs<'app_home_opened'>> =>
  async ({ event, body }) => {
    const opened = OPENED.safeParse(event);
    if (!opened.success || opened.data.tab !== 'home') return;
    const who = await identify(deps, { user_id: opened.data.user, team_id: body.team_id, api_app_id: body.api_app_id });
    await (who.technician ? home.opened(who.technician) : home.refused(who));
  };

import { type Feature, reads, withUse } from '../../slack/feature.ts';
import type { SlackKit } from '../../slack/kit.ts';
import { createHomes, type HomeDeps } from './read-home.ts';
import { createHomeTab, type HomeTab, homeOpened } from './slack/home-tab.ts';
import type { HomeUse } from './slack/use.ts';
import { HOME_REFRESH } from './slack/view.ts';

type Deps = HomeDeps & Omit<HomeUse, 'homes'> & { readonly kit: SlackKit };

/** Each technician's own page in Slack. */
export const createHome = (
  deps: Deps,
): Feature & { readonly opened: ReturnType<typeof homeOpened>; readonly aroundPress: HomeTab['aroundPress'] } => {
  const { kit, getRun, followRun } = deps;
  const tab = createHomeTab(kit, { homes: createHomes(deps), getRun, followRun });
  return {
    // Every press in the Home shows it anew; this one does nothing else.
    rows: withUse(null, { buttons: { [HOME_REFRESH]: reads(() => Promise.resolve()) } }),
    opened: homeOpened(kit, tab),
    aroundPress: (...press) => tab.aroundPress(...press),
  };
};

import { type Feature, type Rows, withUse } from '../../slack/feature.ts';
import type { Links } from '../../slack/links.ts';
import type { Caller } from '../../syncro/ports.ts';
import { findUninvoiced, type UninvoicedDeps } from '../tickets/find-uninvoiced.ts';
import { createDigestDesk, type DigestDeskDeps } from './digest-desk.ts';
import { createDigestJobs } from './digest-jobs.ts';
import { createDigestPoster, type DigestPosterDeps } from './digest-poster.ts';
import { createDigestBoard, type DigestBoardDeps } from './slack/board.ts';
import { digestCommand } from './slack/command.ts';
import type { DigestsUse } from './slack/use.ts';

/** Posts the open tickets of the day. */
export const digestsRows: Rows<DigestsUse> = { commands: [digestCommand] };

type Deps = Omit<DigestDeskDeps & DigestPosterDeps, 'jobs' | 'board' | 'uninvoiced'> &
  UninvoicedDeps &
  DigestBoardDeps & {
    readonly inSettings: Parameters<typeof createDigestJobs>[0];
    readonly links: Links;
  };

export const createDigestFeature = (deps: Deps): Feature => {
  const all = {
    ...deps,
    jobs: createDigestJobs(deps.inSettings, deps.stored),
    board: createDigestBoard(deps),
    uninvoiced: (caller: Caller) => findUninvoiced(deps, caller),
  };
  return { rows: withUse({ digests: createDigestDesk(all) }, digestsRows), tasks: [createDigestPoster(all)] };
};

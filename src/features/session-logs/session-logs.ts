import { type Feature, withUse } from '../../slack/feature.ts';
import { sessionLogsRows } from './slack/buttons.ts';
import type { SessionLogsUse } from './slack/use.ts';
import { createSessionLogFiles } from './store/files.ts';
import { type SessionLogDeps, writeSessionLog } from './write.ts';

type Deps = Omit<SessionLogDeps, 'logs'> & {
  /** Where they are saved; absent: nowhere. */
  readonly folder: string | undefined;
};

export const createSessionLogFeature = (deps: Deps): Feature => {
  const logs = deps.folder === undefined ? null : createSessionLogFiles(deps.folder);
  const use: SessionLogsUse = {
    writeSessionLog: (technician, number) => writeSessionLog({ ...deps, logs }, technician, number),
  };
  return { rows: withUse(use, sessionLogsRows) };
};

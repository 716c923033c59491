import { type Feature, withUse } from '../../slack/feature.ts';
import { sessionLogsRows } from './slack/buttons.ts';
import { createSessionLogFiles } from './store/files.ts';
import { type SessionLogDeps, type SessionLogsUse, writeSessionLog } from './write.ts';

type Floors = Omit<SessionLogDeps, 'logs'> & {
  /** Where they are saved; absent: nowhere. */
  readonly folder: string | undefined;
};

export const createSessionLogFeature = (floors: Floors): Feature => {
  const logs = floors.folder === undefined ? null : createSessionLogFiles(floors.folder);
  const use: SessionLogsUse = {
    writeSessionLog: (technician, number) => writeSessionLog({ ...floors, logs }, technician, number),
  };
  return { rows: withUse(use, sessionLogsRows) };
};

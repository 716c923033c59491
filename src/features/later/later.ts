import { type Feature, withUse } from '../../slack/feature.ts';
import { createLineWatch, type LineWatchDeps } from './line-watch.ts';
import { createLateBoard, type LateBoardDeps } from './slack/board.ts';

/** Looks whether what was charged for a recurring invoice went onto one. */
export const createLater = (deps: Omit<LineWatchDeps, 'board'> & LateBoardDeps): Feature => ({
  rows: withUse(null, {}),
  tasks: [createLineWatch({ ...deps, board: createLateBoard(deps) })],
});

import { type Feature, withUse } from '../../slack/feature.ts';
import { createNotificationReader, type NotificationReaderDeps } from './notification-reader.ts';
import { createReplyBoard, type ReplyBoardDeps } from './slack/board.ts';

type Deps = Omit<NotificationReaderDeps, 'board'> &
  ReplyBoardDeps & {
    /** The last part of the address that Syncro notifies; without it nothing was taken. */
    readonly secret: string | undefined;
  };

/** Tells technicians that their customers have answered. */
export const createReplies = (deps: Deps): Feature => ({
  rows: withUse(null, {}),
  tasks: deps.secret === undefined ? [] : [createNotificationReader({ ...deps, board: createReplyBoard(deps) })],
});

/**
 * Everything that the use cases need from outside, as interfaces: adapters fulfil them, start-answering.ts ties them together.
 * One file per noun below ports/; everybody imports them from here.
 */
export type * from './ports/digests.ts';
export type * from './ports/forms.ts';
export type * from './ports/journal.ts';
export type * from './ports/keys.ts';
export type * from './ports/memory.ts';
export type * from './ports/notifications.ts';
export type * from './ports/prunings.ts';
export type * from './ports/restores.ts';
export type * from './ports/search.ts';
export type * from './ports/syncro.ts';
export type * from './ports/system.ts';
export type * from './ports/timers.ts';
export type * from './ports/watching.ts';

import type { Person, SlackSandbox } from '../../sandbox/slack/slack.ts';
import type { UserRow } from '../../sandbox/syncro/rows.ts';
import type { SyncroSandbox } from '../../sandbox/syncro/start-syncro.ts';

type Workplace = { readonly slack: SlackSandbox };

export const howardOf = ({ slack }: Workplace): Person => slack.person('U012HOWARD');
export const winterOf = ({ slack }: Workplace): Person => slack.person('U012WINTER');
export const mikeOf = ({ slack }: Workplace): Person => slack.person('U012MIKE');

/** Somebody's account in Syncro. Throws for an id that nobody has. */
export const userOf = ({ syncro }: { readonly syncro: SyncroSandbox }, id: number): UserRow => {
  const user = syncro.state.users.find((each) => each.id === id);
  if (!user) throw new Error(`no user ${id}`);
  return user;
};

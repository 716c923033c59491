const conversations = (verb: string): readonly string[] =>
  ['channels', 'groups', 'im', 'mpim'].map((kind) => `${kind}:${verb}`);

/** Method → bot scopes of which one is enough. A method outside of the table needs none. */
const SCOPES: ReadonlyMap<string, readonly string[]> = new Map([
  ['chat.postMessage', ['chat:write']],
  ['chat.postEphemeral', ['chat:write']],
  ['chat.update', ['chat:write']],
  ['chat.delete', ['chat:write']],
  ['chat.scheduleMessage', ['chat:write']],
  ['chat.unfurl', ['links:write']],
  ['reactions.add', ['reactions:write']],
  ['users.info', ['users:read']],
  ['users.list', ['users:read']],
  ['users.lookupByEmail', ['users:read.email']],
  ['usergroups.users.list', ['usergroups:read']],
  ['team.info', ['team:read']],
  ['bots.info', ['users:read']],
  ['conversations.info', conversations('read')],
  ['conversations.list', conversations('read')],
  ['conversations.members', conversations('read')],
  ['conversations.history', conversations('history')],
  ['conversations.replies', conversations('history')],
  ['conversations.open', ['channels:manage', 'groups:write', 'im:write', 'mpim:write']],
  ['files.getUploadURLExternal', ['files:write']],
  ['files.completeUploadExternal', ['files:write']],
]);

const OF_KIND = { public: 'channels', private: 'groups', im: 'im' } as const;

/**
 * @param kind of the channel that is asked about, where one is: it decides which scope is needed
 * @returns the scopes of which `granted` holds none although the method needs one.
 */
export const missingScopes = (
  method: string,
  granted: readonly string[],
  kind?: keyof typeof OF_KIND,
): readonly string[] | undefined => {
  const all = SCOPES.get(method);
  const needed = kind && all && all.length > 1 ? all.filter((scope) => scope.startsWith(`${OF_KIND[kind]}:`)) : all;
  return needed && !needed.some((scope) => granted.includes(scope)) ? needed : undefined;
};

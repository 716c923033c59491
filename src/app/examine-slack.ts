import type { Config } from '../config/config.ts';
import type { Clock, Log } from '../shared/system.ts';
import { createMembers, type Outside } from '../slack/members.ts';
import { NEEDED_SCOPES, OPTIONAL_SCOPES } from '../slack/scopes.ts';
import type { SlackClient } from '../slack/slack-client.ts';
import { slackErrorCode, whyNoAnswer } from '../slack/slack-failure.ts';
import { createSocketClient, createWebClients } from '../slack/web-clients.ts';
import { type Finding, findingsOn } from './examine.ts';

const of = findingsOn('Slack');

type SlackToExamine = { readonly config: Config; readonly clock: Clock; readonly log: Log };

const examineScopes = (granted: readonly string[] | undefined): readonly Finding[] => {
  if (!granted || granted.length === 0)
    return [of('scopes', 'warning', "Slack doesn't say which scopes the token has")];
  const lacking = (scopes: typeof NEEDED_SCOPES) =>
    Object.entries(scopes).filter(([scope]) => !granted.includes(scope));
  const findings = [
    ...lacking(NEEDED_SCOPES).map(([scope, purpose]) =>
      of(`scope ${scope}`, 'failed', `missing (${purpose}): add it under OAuth & Permissions and reinstall the app`),
    ),
    ...lacking(OPTIONAL_SCOPES).map(([scope, purpose]) =>
      of(`scope ${scope}`, 'warning', `not granted (${purpose}): if you miss that, reinstall the app and grant it`),
    ),
  ];
  const all = Object.keys({ ...NEEDED_SCOPES, ...OPTIONAL_SCOPES }).length;
  return findings.length > 0 ? findings : [of('scopes', 'ok', `all ${all} are there`)];
};

/** Asks for an address to connect to, and does not connect. */
const examineMode = async ({ config: { env }, log }: SlackToExamine): Promise<Finding> => {
  const { SLACK_APP_TOKEN: appToken, SLACK_API_URL: slackApiUrl, PORT: port } = env;
  if (!appToken)
    return of('mode', 'ok', `HTTP: Slack's requests to /slack/events must reach port ${port} of this machine`);
  try {
    await createSocketClient(appToken, slackApiUrl, log).apps.connections.open();
    return of('mode', 'ok', 'Socket Mode: the app token opens connections');
  } catch (error) {
    const code = slackErrorCode(error);
    if (!code) return of('mode', 'failed', `Socket Mode: Slack can't be reached, ${whyNoAnswer(error)}`);
    const remedy = 'turn on Socket Mode, and create an app-level token with connections:write (Basic Information)';
    return of('mode', 'failed', `Socket Mode: Slack refuses SLACK_APP_TOKEN (${code}): ${remedy}`);
  }
};

const WHO: Readonly<Record<Outside, string>> = {
  guest:
    'a guest account: only full members can use the app. Make them a full member in Slack, or remove them from the file',
  deactivated: 'a deactivated account: remove it from the file, or reactivate it in Slack',
  app: 'a bot: copy the member ID of the person (Slack: profile, ⋮)',
  elsewhere: 'somebody from another workspace: copy the member ID of their account in this one (Slack: profile, ⋮)',
  not_found: 'nobody in this workspace: copy the member ID again (Slack: profile, ⋮)',
  not_visible: "somebody the app can't see: copy the member ID again (Slack: profile, ⋮)",
};

const examineMembers = async (
  client: SlackClient,
  { config, clock, log }: SlackToExamine,
  teamId: string | null,
): Promise<readonly Finding[]> => {
  const members = createMembers(client, { clock, teamId, log });
  const findings: Finding[] = [];
  for (const [i, { slack_user: slackUser, name }] of config.settings.technicians.entries()) {
    const is = await members.check(slackUser);
    if (is === 'member') findings.push(of(name, 'ok', `${slackUser} is a full member of the workspace`));
    else if (is === 'unknown')
      findings.push(of(name, 'warning', `Slack doesn't say who ${slackUser} is: run it again`));
    else {
      const who = WHO[members.seen(slackUser).outside ?? 'not_found'];
      findings.push(of(name, 'failed', `${config.file}: technicians[${i}].slack_user is ${slackUser}, ${who}`));
    }
  }
  return findings;
};

/** Whether Slack takes the tokens, what they may do, and whether the technicians are who the settings say. */
export const examineSlack = async (
  deps: SlackToExamine,
): Promise<{ readonly findings: readonly Finding[]; readonly teamId: string }> => {
  const { SLACK_BOT_TOKEN, SLACK_API_URL } = deps.config.env;
  const client = createWebClients(SLACK_BOT_TOKEN, SLACK_API_URL, deps.log).background;
  const mode = await examineMode(deps);
  try {
    const who = await client.auth.test();
    const token = of('bot token', 'ok', `${who.user ?? who.user_id} in ${who.team ?? who.team_id}`);
    const scopes = examineScopes(who.response_metadata?.scopes);
    const people = await examineMembers(client, deps, who.team_id ?? null);
    return { findings: [token, ...scopes, mode, ...people], teamId: who.team_id ?? '' };
  } catch (error) {
    const code = slackErrorCode(error);
    const words = code
      ? `Slack refuses SLACK_BOT_TOKEN (${code}): copy it again from OAuth & Permissions`
      : `Slack can't be reached, ${whyNoAnswer(error)}`;
    return { findings: [of('bot token', 'failed', words), mode], teamId: '' };
  }
};

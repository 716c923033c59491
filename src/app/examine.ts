import { existsSync } from 'node:fs';
import type { Config } from '../config/config.ts';
import type { Keys } from '../features/keys/ports.ts';
import type { KeyPlace } from '../features/keys/vault/environment.ts';
import { expandHome } from '../features/keys/vault/vault.ts';
import { businessHoursOf } from '../features/tickets/work-hours.ts';
import { AppError, type AppErrorCode } from '../shared/errors.ts';
import type { LaborType } from '../shared/labor.ts';
import { matchWords } from '../shared/match-word.ts';
import { formatMoney, multipliedCents, setCurrency } from '../shared/money.ts';
import type { Technician } from '../shared/technician.ts';
import { timeZoneOf } from '../shared/time-zone.ts';
import type { Identity } from '../syncro/identity.ts';
import type { AccountSettings, ApiKey, Caller, SyncroReads } from '../syncro/ports.ts';

/** One line of what an examination of the set-up found. */
export type Finding = {
  readonly area: string;
  readonly what: string;
  readonly state: 'ok' | 'warning' | 'failed';
  readonly words: string;
};

/** Findings about one area. */
export const findingsOn =
  (area: string) =>
  (what: string, state: Finding['state'], words: string): Finding => ({ area, what, state, words });

type ExamineDeps = {
  readonly config: Config;
  readonly reads: Pick<SyncroReads, 'me' | 'product' | 'ticketSettings' | 'settings'>;
  readonly keys: Pick<Keys, 'own' | 'shared' | 'sharedProblem' | 'status'>;
  readonly identity: Pick<Identity, 'verify'>;
  /** Whether keys may be connected in Slack that nobody could look at. */
  readonly unreadKeys: boolean;
};

/** What its owner can do about a failure. */
const REMEDIES: Readonly<Partial<Record<AppErrorCode, string>>> = {
  key_refused: 'Create a new token in Syncro (Admin, API Tokens) and replace this one with it.',
  wrong_key: 'Give each technician their own token, or fix syncro_user_id in config.yml.',
  not_allowed: 'Allow the token to read this in Syncro (Admin, API Tokens).',
  not_found: 'Fix its number in config.yml.',
  unreachable: 'Check syncro.subdomain, and that this machine can reach Syncro.',
  unreadable: 'Check syncro.subdomain: does Syncro answer there?',
  rate_limited: 'Try again in a minute.',
};

const failure = (error: unknown): string => {
  if (!(error instanceof AppError)) throw error;
  const remedy = REMEDIES[error.code];
  return remedy ? `${error.message} ${remedy}` : error.message;
};

const ofKey = findingsOn('Key');
const ofLabor = findingsOn('Labor');
const ofTickets = findingsOn('Tickets');

/** What is wrong with a key that the settings name, and where its file should be. */
const namedKey = (
  { file, settings }: Config,
  at: string,
  key: KeyPlace | undefined,
  problems: readonly string[],
): string => {
  const vault = key && 'sops' in key && settings.vault ? expandHome(settings.vault.dir) : null;
  const where = vault ? ` vault.dir is ${vault}${existsSync(vault) ? '' : ', which does not exist'}.` : '';
  return `${key ? `${file}: ${at}.key: ` : ''}${problems.join(' ')}${where}`;
};

const mayShare = ({ settings }: Config): boolean => settings.shared_key?.writes ?? false;

/** What is found, and the key if it is good. */
type KeyFound = { readonly finding: Finding; readonly key: ApiKey | null };

const examineKey = async (deps: ExamineDeps, technician: Technician): Promise<KeyFound> => {
  const { name } = technician;
  const { problems } = await deps.keys.status(technician);
  try {
    const author = await deps.identity.verify(technician);
    if (author) {
      const words = `writes as ${author.name} (Syncro user ${author.id})`;
      return { finding: ofKey(name, 'ok', words), key: await deps.keys.own(technician) };
    }
    const fallback = mayShare(deps.config)
      ? 'writes under the shared key'
      : 'can only read, with the shared key if there is one';
    if (problems.length === 0) {
      const words = deps.unreadKeys
        ? `no key in ${deps.config.file}; a key connected in Slack can't be checked yet: see Database`
        : `no key: ${fallback}; /syncro connect adds one`;
      return { finding: ofKey(name, 'warning', words), key: null };
    }
    const { technicians } = deps.config.settings;
    const at = technicians.findIndex(({ slack_user }) => slack_user === technician.slackUser);
    const named = technicians[at]?.key;
    const words = `${namedKey(deps.config, `technicians[${at}]`, named, problems)} Until then: ${fallback}.`;
    return { finding: ofKey(name, named ? 'failed' : 'warning', words), key: null };
  } catch (error) {
    return { finding: ofKey(name, 'failed', failure(error)), key: null };
  }
};

/** `null`: there is none. */
const examineShared = async ({ keys, reads, config }: ExamineDeps): Promise<KeyFound | null> => {
  const key = await keys.shared();
  if (!key) {
    const problem = await keys.sharedProblem();
    if (!problem) return null;
    const words = namedKey(config, 'shared_key', config.settings.shared_key?.key, [problem]);
    return { finding: ofKey('shared', 'failed', words), key: null };
  }
  try {
    const { name, userId } = await reads.me({ key, lane: 'person' });
    const use = mayShare(config) ? 'reads, and writes for people without a key' : 'reads for people without a key';
    return { finding: ofKey('shared', 'ok', `${name}'s (Syncro user ${userId}): ${use}`), key };
  } catch (error) {
    return { finding: ofKey('shared', 'failed', failure(error)), key: null };
  }
};

/** What a bill by this word does beside the product's own rate, in words. */
const laborRules = (
  { minimumMinutes, roundUpToMinutes, rate, prepaid, afterHours, debitsPrepaid }: LaborType,
  baseCents: number | null,
): readonly string[] => [
  ...(rate && baseCents !== null ? [`${rate.of}'s ${formatMoney(baseCents)} × ${rate.times}`] : []),
  ...(minimumMinutes === undefined ? [] : [`at least ${minimumMinutes} min`]),
  ...(roundUpToMinutes === undefined ? [] : [`rounded up to ${roundUpToMinutes} min`]),
  ...(prepaid ? [`takes hours × ${prepaid.times} from a block${rate ? `, at ${rate.of}'s rate` : ''}`] : []),
  ...(debitsPrepaid ? [] : ['takes nothing from a block']),
  ...(afterHours ? ['for work after hours'] : []),
];

const examineLabor = async (deps: ExamineDeps, caller: Caller, labor: LaborType): Promise<Finding> => {
  const { word, productId, followsTax } = labor;
  try {
    const { name, rateCents: ownCents, disabled, taxable } = await deps.reads.product(caller, productId);
    const base = labor.rate ? (await deps.reads.product(caller, labor.rate.productId)).rateCents : null;
    const rateCents = labor.rate && base !== null ? multipliedCents(base, labor.rate.times) : ownCents;
    const rate = `${name}, ${formatMoney(rateCents)} an hour`;
    const found = (state: Finding['state'], words: string) =>
      ofLabor(word, state, [words, ...laborRules(labor, base)].join('; '));
    if (!name.trim())
      return ofLabor(word, 'failed', `product ${productId} has no name in Syncro: it can't be billed until it has one`);
    if (disabled) return found('warning', `${rate}, but disabled in Syncro`);
    if (rateCents === 0) return found('warning', `${rate}: lines will cost nothing`);
    if (rateCents < 0) return found('warning', `${rate}: lines will reduce the invoice`);
    const untaxed = 'taxable in Syncro, but billed untaxed unless you set taxable: follow';
    return found('ok', taxable ? `${rate} (${followsTax ? 'taxed, as in Syncro' : untaxed})` : rate);
  } catch (error) {
    return ofLabor(word, 'failed', failure(error));
  }
};

/** Due dates, the dates of invoices and "today" are days of its calendar. */
const examineZone = (named: string | null, own: string | null): readonly [Finding['state'], string] => {
  const known = named === null ? null : timeZoneOf(named);
  if (named !== null && known !== null) return ['ok', known === named ? known : `${named}, ${known}`];
  const said = named === null ? 'Syncro has none' : `Syncro calls it "${named}", which is not a known time zone`;
  return own === null
    ? ['warning', `${said}: days are UTC days until you set syncro.timezone in config.yml`]
    : ['ok', `${said}: ${own}, as syncro.timezone says`];
};

/** They matter only where some labor is for work outside of them. */
const examineHours = (
  { settings, labor }: Config,
  account: Pick<AccountSettings, 'businessHours' | 'timeZone'>,
): readonly Finding[] => {
  const setting = settings.billing.business_hours;
  const hours = businessHoursOf(setting, account);
  const words = labor.filter(({ afterHours }) => afterHours).map(({ word }) => word);
  if (words.length === 0 || setting === 'off') return [];
  const offer = `${words.join(', ')} will be offered for work outside them`;
  if (setting !== 'account') return [ofTickets('business_hours', 'ok', `those in config.yml; ${offer}`)];
  if (hours !== null && hours !== 'unread') return [ofTickets('business_hours', 'ok', `the account's; ${offer}`)];
  const why = hours === null ? 'Syncro names none' : "those in Syncro can't be read";
  return [
    ofTickets(
      'business_hours',
      'warning',
      `${why}, so ${words.join(', ')} will never be offered: set billing.business_hours in config.yml`,
    ),
  ];
};

const examineTickets = async ({ reads, config }: ExamineDeps, caller: Caller): Promise<readonly Finding[]> => {
  const { tickets, billing, syncro } = config.settings;
  try {
    const [{ statuses }, { priorities, timeZone, businessHours }] = await Promise.all([
      reads.ticketSettings(caller),
      reads.settings(caller),
    ]);
    const status = (what: string, name: string): Finding =>
      statuses.includes(name)
        ? ofTickets(what, 'ok', name)
        : ofTickets(
            what,
            'failed',
            `"${name}" is not a status in this account: fix it in config.yml; the account has ${statuses.join(', ')}`,
          );
    const unknown = tickets.done_statuses.filter((name) => !statuses.includes(name));
    const priority = matchWords(tickets.default_priority, priorities);
    return [
      status('close_as', tickets.close_as),
      status('invoice_status', billing.invoice_status),
      ...(billing.charged_status === undefined ? [] : [status('charged_status', billing.charged_status)]),
      unknown.length === 0
        ? ofTickets('done_statuses', 'ok', tickets.done_statuses.join(', '))
        : ofTickets('done_statuses', 'warning', `the account does not have ${unknown.join(', ')}: harmless`),
      priority.match === 'one'
        ? ofTickets('default_priority', 'ok', priority.value)
        : ofTickets(
            'default_priority',
            'failed',
            `"${tickets.default_priority}" matches none: fix it in config.yml; the account has ${priorities.filter(Boolean).join(', ')}`,
          ),
      ofTickets('time zone', ...examineZone(timeZone, syncro.timezone ?? null)),
      ...examineHours(config, {
        businessHours,
        timeZone: timeZone !== null && timeZoneOf(timeZone) ? timeZone : (syncro.timezone ?? null),
      }),
    ];
  } catch (error) {
    return [ofTickets('settings of the account', 'failed', failure(error))];
  }
};

/** Looks at everything in Syncro that the settings rely on. Nothing is written. */
export const examine = async (deps: ExamineDeps): Promise<readonly Finding[]> => {
  const found: KeyFound[] = [];
  for (const technician of deps.config.technicians.values()) found.push(await examineKey(deps, technician));
  const shared = await examineShared(deps);
  if (shared) found.push(shared);
  const keys = found.map(({ finding }) => finding);
  // One that was just seen to be good: by a bad one everything else would look bad, too.
  const key = found.find((one) => one.key !== null)?.key;
  if (!key) {
    const words = "Without one working key, labor products and statuses can't be checked: fix a key first.";
    return [...keys, findingsOn('Syncro')('reading', 'failed', words)];
  }
  const caller: Caller = { key, lane: 'person' };
  // Rates are told in the account's currency; that its settings can't be read is found out below.
  setCurrency((await deps.reads.settings(caller).catch(() => null))?.currencySymbol ?? null);
  const labor: Finding[] = [];
  for (const type of deps.config.labor) labor.push(await examineLabor(deps, caller, type));
  return [...keys, ...labor, ...(await examineTickets(deps, caller))];
};

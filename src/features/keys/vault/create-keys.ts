import { canBeSecret } from '../../../shared/pasted.ts';
import type { Log } from '../../../shared/system.ts';
import type { Technician } from '../../../shared/technician.ts';
import type { ApiKey } from '../../../syncro/ports.ts';
import type { KeyStatus, Keys } from '../ports.ts';
import { type KeyPlace, type KeySettings, variableOf } from './environment.ts';
import type { Vault } from './vault.ts';

/** What one place gave. */
export type Found =
  | { readonly key: ApiKey; readonly status: Omit<KeyStatus, 'problems'> }
  /** `problem`: there should be one; a sentence without a secret. */
  | { readonly key: null; readonly problem: string | null };

/** A place where a technician's own key may be. */
export type Source = (technician: Technician) => Promise<Found>;

export const nothing: Found = { key: null, problem: null };

export const noKeyBecause = (problem: string): Found => ({ key: null, problem });

export const toKey = (secret: string): ApiKey => ({ reveal: () => secret });

/** Where every key goes that was read, so that the log can blank it out. */
export type Secrets = { add(secret: string): unknown };

type Options = {
  readonly settings: KeySettings;
  readonly variables: NodeJS.ProcessEnv;
  /** `null`: the settings name none. */
  readonly vault: Vault | null;
  readonly connected: Source;
  /** Notes when a connected key was last confirmed. */
  readonly noteVerified: (slackUser: string, at: number) => Promise<void>;
  readonly secrets: Secrets;
  readonly log: Log;
};

/** A technician's own key from the first place that has one: connected in Slack, vault, environment. */
export const createKeys = ({ settings, variables, vault, connected, noteVerified, secrets, log }: Options): Keys => {
  const places = new Map(settings.technicians.map(({ slack_user, key }) => [slack_user, key]));
  const verifiedAt = new Map<string, number>();
  /** What was last logged about somebody's key: once, not at each request. */
  const logged = new Map<string, string>();

  const fromVault = async (path: string, syncroUserId: number | null): Promise<Found> => {
    if (!vault) return noKeyBecause('The settings name no vault.');
    const entry = await vault.read(path);
    if (!entry.ok) return noKeyBecause(`The vault file ${path} can't be read: ${entry.why}.`);
    if (syncroUserId !== null && entry.syncroUserId !== null && entry.syncroUserId !== syncroUserId)
      return noKeyBecause(
        `The vault file ${path} is for Syncro user ${entry.syncroUserId}, the settings say ${syncroUserId}.`,
      );
    secrets.add(entry.credential);
    if (!canBeSecret(entry.credential))
      return noKeyBecause(
        `The vault file ${path} holds something that no key has (a space, a quote, a mark around it): store it again.`,
      );
    return { key: toKey(entry.credential), status: { origin: 'vault', connectedAt: null, verifiedAt: null } };
  };

  const fromEnvironment = (name: string): Found => {
    const secret = variableOf(variables, name);
    if (!secret) return noKeyBecause(`The variable ${name} is not set.`);
    return { key: toKey(secret), status: { origin: 'environment', connectedAt: null, verifiedAt: null } };
  };

  const fromPlace = async (place: KeyPlace | undefined, syncroUserId: number | null): Promise<Found> => {
    if (!place) return nothing;
    return 'sops' in place ? fromVault(place.sops, syncroUserId) : fromEnvironment(place.env);
  };

  const logProblems = (who: string, problems: readonly string[]): void => {
    const all = problems.join(' ');
    if (all !== (logged.get(who) ?? '')) {
      if (all) log.warn({ technician: who, problems }, "a key can't be used");
      else log.info({ technician: who }, 'the key can be used again');
    }
    logged.set(who, all);
  };

  const find = async (technician: Technician): Promise<{ key: ApiKey | null; status: KeyStatus }> => {
    const sources = [connected, () => fromPlace(places.get(technician.slackUser), technician.syncroUserId)];
    const problems: string[] = [];
    for (const source of sources) {
      const found = await source(technician);
      if (found.key) {
        logProblems(technician.name, problems);
        const at = Math.max(found.status.verifiedAt ?? 0, verifiedAt.get(technician.slackUser) ?? 0) || null;
        return { key: found.key, status: { ...found.status, verifiedAt: at, problems } };
      }
      if (found.problem) problems.push(found.problem);
    }
    logProblems(technician.name, problems);
    return { key: null, status: { origin: null, connectedAt: null, verifiedAt: null, problems } };
  };

  return {
    own: async (technician) => (await find(technician)).key,
    shared: async () => {
      const found = await fromPlace(settings.shared_key?.key, null);
      if (!found.key) logProblems('shared key', found.problem ? [found.problem] : []);
      return found.key;
    },
    sharedProblem: async () => {
      const found = await fromPlace(settings.shared_key?.key, null);
      return found.key ? null : found.problem;
    },
    status: async (technician) => (await find(technician)).status,
    verified: async (technician, at) => {
      verifiedAt.set(technician.slackUser, at);
      const { status } = await find(technician);
      if (status.origin === 'slack') await noteVerified(technician.slackUser, at);
    },
  };
};

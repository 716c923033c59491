import { z } from 'zod';
import type { Settings } from './config.ts';

/** Every `{ env: NAME }` of a settings file that may otherwise be wrong, with its place. */
export const keyVariables = (raw: unknown): ReadonlyArray<readonly [name: string, place: string]> => {
  const source = z.looseObject({ key: z.looseObject({ env: z.string() }) });
  const file = z
    .looseObject({ technicians: z.array(z.unknown()).catch([]), shared_key: z.unknown().optional() })
    .safeParse(raw);
  const places: Array<readonly [unknown, string]> = file.success
    ? [
        ...file.data.technicians.map((one, i) => [one, `technicians[${i}]`] as const),
        [file.data.shared_key, 'shared_key'],
      ]
    : [];
  return places.flatMap(([value, at]) => {
    const parsed = source.safeParse(value);
    return parsed.success ? [[parsed.data.key.env, at] as const] : [];
  });
};

/** A vault file needs a vault; the settings may name several before they name it. */
export const vaultless = ({ technicians, shared_key, vault }: Settings): readonly string[] => {
  if (vault) return [];
  const places = [
    ...technicians.map(({ key }, i) => ({ key, at: `technicians[${i}]` })),
    { key: shared_key?.key, at: 'shared_key' },
  ];
  return places.flatMap(({ key, at }) =>
    key && 'sops' in key ? [`config.yml: vault.dir is missing: ${at}.key.sops names a file in it`] : [],
  );
};

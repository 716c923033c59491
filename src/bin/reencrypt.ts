import { openExisting } from '../database/open-existing.ts';
import { createSealedKeys } from '../features/keys/store/connected-keys.ts';
import { reencrypt } from '../features/keys/vault/connected.ts';
import { sealingKey } from '../features/keys/vault/seal.ts';
import { createLog } from '../shared/log.ts';
import { end, readConfig, wordsOf } from './command-line.ts';

// syncro-slack reencrypt: after ENCRYPTION_KEY was replaced, with the one before it in ENCRYPTION_KEY_OLD.

const say = (line: string): void => void process.stdout.write(`${line}\n`);

const { env } = readConfig();
if (!env.ENCRYPTION_KEY) end(1, 'ENCRYPTION_KEY is missing: the key to encrypt everything with.');
const db = await openExisting(env.DATABASE_URL, { log: createLog('silent', []) }).catch((error: unknown) =>
  end(1, `No key was re-encrypted: ${wordsOf(error)}`),
);
const result = await reencrypt(
  createSealedKeys(db),
  sealingKey(env.ENCRYPTION_KEY ?? ''),
  env.ENCRYPTION_KEY_OLD ? sealingKey(env.ENCRYPTION_KEY_OLD) : null,
);
await db.destroy();

say(`${result.resealed.length} re-encrypted, ${result.upToDate.length} already were.`);
if (result.changed.length > 0) say(`Changed meanwhile: ${result.changed.join(', ')}.`);
if (result.lost.length > 0) {
  say(
    `Neither ENCRYPTION_KEY nor ENCRYPTION_KEY_OLD opens: ${result.lost.join(', ')}. Those people connect again in Slack.`,
  );
  process.exitCode = 1;
} else say('ENCRYPTION_KEY_OLD is not needed any more.');

import { execFile } from 'node:child_process';
import { dirname } from 'node:path';
import { SopsError } from './sops-error.ts';

const TIMEOUT_MS = 10_000;
const MOST_BYTES = 1_000_000;
/** What sops and the key services behind it read; Slack's and Syncro's secrets are none of its business. */
const PASSED =
  /^(PATH|HOME|USER|LANG|TMPDIR|GNUPGHOME|GPG_TTY|HTTPS?_PROXY|NO_PROXY)$|^(XDG|SOPS|AWS|GOOGLE|AZURE|VAULT)_/;

type Variables = Readonly<Record<string, string | undefined>>;

const words = (stderr: string): string =>
  stderr
    .replace(/AGE-SECRET-KEY-[A-Z0-9-]+/gi, '[key]')
    .replace(/\s+/g, ' ')
    .trim()
    .slice(0, 200);

const parseJson = (text: string): unknown => {
  try {
    return JSON.parse(text);
  } catch {
    throw new SopsError('the sops program wrote no JSON');
  }
};

/**
 * Decrypts a file with the sops program. `null`: there is none on the PATH.
 * @throws SopsError
 */
export const runSops = (file: string, ageKeyFile: string, variables: Variables): Promise<{ json: unknown } | null> =>
  new Promise((resolve, reject) => {
    const env = {
      ...Object.fromEntries(Object.entries(variables).filter(([name]) => PASSED.test(name))),
      SOPS_AGE_KEY_FILE: ageKeyFile,
    };
    const options = {
      env,
      cwd: dirname(file),
      timeout: TIMEOUT_MS,
      killSignal: 'SIGKILL',
      maxBuffer: MOST_BYTES,
    } as const;
    execFile('sops', ['-d', '--output-type', 'json', file], options, (error, stdout, stderr) => {
      try {
        if (!error) resolve({ json: parseJson(stdout) });
        else if (error.code === 'ENOENT' || error.code === 'EACCES') resolve(null);
        else if (error.killed) reject(new SopsError(`the sops program gave no answer in ${TIMEOUT_MS / 1000} s`));
        else reject(new SopsError(`sops says: ${words(stderr) || `exit code ${error.code ?? 'unknown'}`}`));
      } catch (unreadable) {
        reject(unreadable);
      }
    });
  });

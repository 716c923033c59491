import { z } from 'zod';
import { AppError } from '../shared/errors.ts';

const failure = z.object({
  code: z.string().catch(''),
  message: z.string().catch(''),
  // One for each address of a host.
  errors: z.array(z.object({ code: z.string().catch('') })).catch([]),
});
const read = (error: unknown) => failure.safeParse(error).data ?? { code: '', message: '', errors: [] };

/** What a failure is called by: SQLSTATE or the operating system's word. Never its text, which may quote anything. */
const codeOf = (error: unknown): string => {
  const { code, errors } = read(error);
  return code || (errors[0]?.code ?? '');
};

const REASONS: Readonly<Record<string, string>> = {
  ECONNREFUSED: 'nothing listens there',
  ENOTFOUND: 'its host is unknown',
  EAI_AGAIN: "its host can't be resolved right now",
  EHOSTUNREACH: 'its host is unreachable',
  ETIMEDOUT: 'no answer',
  ENOENT: 'a file named in its address does not exist',
  '28P01': 'it refuses the user or the password',
  '28000': 'it does not accept this user from here',
  '3D000': 'there is no database with that name',
  '42501': 'the user may not do that',
  '53300': 'it has no free connection',
  '57P03': 'it is just starting or stopping',
};

const textOf = (error: unknown): string => read(error).message;

/** In a few words, without anything of the address. */
const reasonOf = (error: unknown): string => {
  const code = codeOf(error);
  const known = REASONS[code];
  if (known) return known;
  if (/does not support SSL/i.test(textOf(error))) return 'it does not offer TLS, which its address asks for';
  if (/certificate|self.signed|^CERT_|^ERR_TLS/i.test(`${textOf(error)} ${code}`))
    return 'its certificate is not trusted';
  if (/timeout/i.test(textOf(error))) return 'no answer';
  return code ? `code ${code}` : 'the connection broke';
};

/** Passes by itself: it is worth waiting for. */
const PASSING = new Set(['ECONNREFUSED', 'ECONNRESET', 'EAI_AGAIN', 'ENOTFOUND', 'ETIMEDOUT', '57P03', '53300']);
export const isPassing = (error: unknown): boolean =>
  error instanceof AppError && error.code === 'no_database' && error.retryable;

/** Nobody was connected, so nothing was asked of it. */
export const unreached = (error: unknown): AppError =>
  new AppError('no_database', `The database can't be reached: ${reasonOf(error)}.`, {
    retryable: PASSING.has(codeOf(error)) || /timeout|terminated/i.test(textOf(error)),
  });

/** The server takes no statement that stores something. */
const UNWRITABLE: Readonly<Record<string, string>> = {
  '25006': 'the server is read-only, as a standby is',
  '53100': "the server's disk is full",
};
/** The server says that it took a statement back: too slow. */
const TAKEN_BACK = new Set(['57014', '55P03', '25P03']);
/** Connection exceptions and a server that shuts down; what the operating system says of a dead socket. */
const LOST = /^(08...|57P0[1-5]|E[A-Z]{3,})$/;
const LOST_WORDS = /connection (terminated|error)|read timeout|not queryable|client was closed/i;

/** True: the connection is of no use any more. */
export const isLost = (error: unknown): boolean =>
  LOST.test(codeOf(error)) || (codeOf(error) === '' && LOST_WORDS.test(textOf(error))) || codeOf(error) === '25006';

/**
 * What a failed statement means to whoever asked. A write whose connection broke may or may not have been stored; nobody
 * can tell from here.
 */
export const failureOfStatement = (error: unknown, statement: string): unknown => {
  const unwritable = UNWRITABLE[codeOf(error)];
  if (unwritable !== undefined)
    return new AppError('no_database', `The database can't be written: ${unwritable} (code ${codeOf(error)}).`, {
      retryable: true,
      why: 'unwritable',
    });
  if (TAKEN_BACK.has(codeOf(error)))
    return new AppError('no_database', `The database rolled a statement back (code ${codeOf(error)}).`, {
      retryable: true,
    });
  if (!isLost(error)) return error;
  const words = `The connection to the database broke: ${reasonOf(error)}.`;
  return new AppError(/^select\b/i.test(statement) ? 'no_database' : 'unsure', words, { retryable: true });
};

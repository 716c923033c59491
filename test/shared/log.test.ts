import { describe, expect, test } from '@jest/globals';
import { AppError } from '../../src/shared/errors.ts';
import { createLog } from '../../src/shared/log.ts';

const SECRET = 'T0ken+with/odd=characters';

const logged = (write: (log: ReturnType<typeof createLog>) => void): string => {
  const lines: string[] = [];
  write(createLog('trace', [SECRET], { write: (line: string) => void lines.push(line) }));
  return lines.join('');
};

describe('the log', () => {
  test('shows a known secret in no form', () => {
    const text = logged((log) => {
      log.info({ url: `https://x/?api_key=${encodeURIComponent(SECRET)}`, header: SECRET }, `with ${SECRET}`);
      log.error({ err: new Error(`failed with ${SECRET}`) }, Buffer.from(SECRET).toString('base64'));
    });
    for (const form of [SECRET, encodeURIComponent(SECRET), Buffer.from(SECRET).toString('base64')])
      expect(text).not.toContain(form);
    expect(text).toContain('[secret]');
  });

  test('blanks out what looks like a key or token, also when it is not known', () => {
    const text = logged((log) =>
      log.info({}, 'GET /tickets?api_key=unknown1&page=2 Authorization: Bearer unknown2 xoxb-unknown3 xapp-1-unknown4'),
    );
    expect(text).not.toContain('unknown');
    expect(text).toContain('page=2');
  });

  test('writes of an error what helps and nothing that it carries', () => {
    const error = Object.assign(new Error('boom'), { request: { headers: 'hidden-header' } });
    const text = logged((log) => log.error({ err: error }, 'failed'));
    expect(text).toContain('boom');
    expect(text).not.toContain('hidden-header');
  });

  test('writes the code of an expected failure', () => {
    expect(logged((log) => log.warn({ err: new AppError('unreachable', 'away') }, 'x'))).toContain(
      '"code":"unreachable"',
    );
  });

  test('is JSON, one object a line', () => {
    const line = logged((log) => log.info({ ref: 'K7Q2M' }, 'hello'));
    expect(JSON.parse(line)).toMatchObject({ level: 30, severity: 'info', ref: 'K7Q2M', msg: 'hello' });
  });
});

import { describe, expect, test } from '@jest/globals';
import type { WhoAmI } from '../../../../src/features/keys/key-uses.ts';
import type { KeyStatus } from '../../../../src/features/keys/ports.ts';
import { keyEventMessage } from '../../../../src/features/keys/slack/announcer.ts';
import {
  checkingView,
  connectedView,
  connectView,
  parseToken,
  readConnectState,
} from '../../../../src/features/keys/slack/form.ts';
import {
  connectedMessage,
  disconnectedMessage,
  everyonesKeysMessage,
  keysUnavailable,
  whoAmIMessage,
} from '../../../../src/features/keys/slack/messages.ts';
import { AppError } from '../../../../src/shared/errors.ts';
import { connectRow, errorMessage } from '../../../../src/slack/error.ts';
import { createLinks } from '../../../../src/slack/links.ts';
import { boltLogger } from '../../../../src/slack/web-clients.ts';
import { howard, mike, noon } from '../../../runs/rules/a-ticket.ts';
import { readMessage, readView } from '../../../slack/rendered.ts';
import { aQuietLog } from '../../../syncro/scripted-syncro.ts';

const links = createLinks('https://computerguru.syncromsp.com');
const hostile = `<!channel> <@U1> & ${'"x" 🖨️ '.repeat(800)}`;
const status = (fields: Partial<KeyStatus> = {}): KeyStatus => ({
  origin: 'slack',
  connectedAt: noon,
  verifiedAt: noon,
  problems: [],
  ...fields,
});

describe('the form for a key', () => {
  test('reads as it should', () => {
    expect(readView(connectView({ interrupted: '', below: null }, links))).toMatchSnapshot();
    expect(readView(connectView({ interrupted: 'bill 32164', below: null, problem: 'No.' }, links))).toMatchSnapshot();
    expect(readView(checkingView())).toMatchSnapshot();
    expect(readView(connectedView('Connected.', 'Carrying on with: bill 32164.'))).toMatchSnapshot();
  });

  test('stays within Slack’s limits with the longest command and words', () => {
    const longest = `comment 32164 ${'"\n'.repeat(493)}`;
    const view = connectView({ interrupted: longest, below: 'V1', problem: hostile }, links);
    readView(view);
    expect(readConnectState(view.private_metadata)).toEqual({ interrupted: longest, below: 'V1' });
  });

  test.each(['', 'null', '{}', '{"interrupted":5}', undefined])('takes metadata %j for none', (raw) => {
    expect(readConnectState(raw)).toEqual({ interrupted: '', below: null });
  });

  test('hands the token on behind a function, so that nothing writes it down by accident', () => {
    const parsed = parseToken({ token: { token: { value: ' T-secret-0123456789 ' } } });
    expect(parsed.ok && parsed.reveal()).toBe('T-secret-0123456789');
    expect(JSON.stringify(parsed)).toBe('{"ok":true}');
    expect(parseToken({})).toMatchObject({ ok: false, errors: { token: 'Paste the token here.' } });
  });
});

describe('the button that leads to it', () => {
  test('carries the command, unless that is too long to go on by itself', () => {
    expect(JSON.stringify(connectRow('bill 32164'))).toContain('"value":"bill 32164"');
    expect(JSON.stringify(connectRow('x'.repeat(1_001)))).not.toContain('value');
    expect(JSON.stringify(connectRow())).not.toContain('value');
  });

  test('stands under every failure that a key can end', () => {
    const attempt = { command: '/syncro', writing: true, ref: 'K7Q2MX', who: 'Howard Enos', downSince: null };
    for (const code of ['no_key', 'key_refused', 'wrong_key'] as const) {
      const words = readMessage(errorMessage(new AppError(code, 'Words.'), { ...attempt, interrupted: 'bill 32164' }));
      expect(words).toContain("and I'll carry on with: bill 32164.");
      expect(words).toContain('[Connect]');
      expect(readMessage(errorMessage(new AppError(code, hostile), { ...attempt, interrupted: hostile }))).toContain(
        'and try again.',
      );
    }
    expect(readMessage(errorMessage(new AppError('not_allowed', 'x'), attempt))).not.toContain('[Connect]');
  });
});

describe('what is said about keys', () => {
  const who = (fields: Partial<WhoAmI>): WhoAmI => ({
    technician: howard,
    status: status(),
    shared: 'none',
    syncro: { id: 1750, name: 'Howard Enos', shared: false },
    at: noon,
    ...fields,
  });

  test('after connecting and disconnecting', () => {
    expect(readMessage(connectedMessage({ name: 'Howard Enos', syncroUserId: 1750 }, ''))).toMatchSnapshot();
    readMessage(connectedMessage({ name: hostile, syncroUserId: 1750 }, hostile));
    expect(readMessage(keysUnavailable())).toMatchSnapshot();
    for (const origin of ['vault', 'environment', null] as const)
      for (const shared of ['none', 'reads', 'writes'] as const)
        expect(readMessage(disconnectedMessage({ result: 'disconnected', origin, shared }, null))).toMatchSnapshot();
    readMessage(disconnectedMessage({ result: 'none', origin: null, shared: 'none' }, hostile));
  });

  test.each<[string, Partial<WhoAmI>]>([
    ['connected', {}],
    ['in the vault, never checked', { status: status({ origin: 'vault', connectedAt: null, verifiedAt: null }) }],
    [
      'none, shared for reading',
      { syncro: null, shared: 'reads', status: status({ origin: null, connectedAt: null, verifiedAt: null }) },
    ],
    ['refused', { syncro: new AppError('key_refused', 'x') }],
    ['somebody else’s', { syncro: new AppError('wrong_key', 'The key belongs to Mike.') }],
    ['not to be asked', { syncro: new AppError('unreachable', 'x') }],
    [
      'broken',
      {
        syncro: null,
        status: status({
          origin: null,
          connectedAt: null,
          verifiedAt: null,
          problems: ['The vault file a can’t be read.'],
        }),
      },
    ],
  ])('by whoami: %s', (_name, fields) => {
    expect(readMessage(whoAmIMessage(who(fields)))).toMatchSnapshot();
  });

  test('by whoami with hostile names', () => {
    const name = { ...howard, name: hostile };
    readMessage(whoAmIMessage(who({ technician: name, syncro: { id: 1, name: hostile, shared: false } })));
    readMessage(
      whoAmIMessage(who({ syncro: null, status: status({ problems: [hostile, hostile, hostile, hostile] }) })),
    );
  });

  test('to an admin, for hundreds', () => {
    const all = Array.from({ length: 300 }, (_, i) => ({
      technician: { ...mike, slackUser: `U${i}`, name: i % 2 ? 'Mike Swain' : hostile },
      status: status(i % 3 ? {} : { origin: null, problems: [hostile] }),
    }));
    expect(readMessage(everyonesKeysMessage(all))).toContain('Keys · 300 technicians · 100 without');
    expect(readMessage(everyonesKeysMessage(all))).toContain('and 240 more');
    expect(readMessage(everyonesKeysMessage(all.slice(1, 3)))).toContain('✓ Mike Swain · user 1735');
  });

  test('when something happened to a key', () => {
    expect(readMessage(keyEventMessage({ kind: 'refused' }))).toMatchSnapshot();
    expect(readMessage(keyEventMessage({ kind: 'shared_refused' }))).toMatchSnapshot();
    expect(
      readMessage(keyEventMessage({ kind: 'mismatch', technician: howard, message: 'The key belongs to Mike.' })),
    ).toMatchSnapshot();
    expect(readMessage(keyEventMessage({ kind: 'disconnected', by: 'Mike Swain' }))).toMatchSnapshot();
    readMessage(keyEventMessage({ kind: 'mismatch', technician: { ...howard, name: hostile }, message: hostile }));
  });
});

describe('lines of Slack’s packages', () => {
  test('do not quote what people send', () => {
    const lines: string[] = [];
    const write = (_fields: object, message: string): void => void lines.push(message);
    const logger = boltLogger({ ...aQuietLog, debug: write, warn: write, error: write });
    logger.debug('Received a message on the WebSocket: {"payload":{"text":"T-secret"}}');
    logger.debug('Unable to parse an incoming WebSocket message (will ignore): Error, T-secret');
    logger.debug('{"view":{"state":"T-secret"}}');
    logger.debug('http request body: {"text":"T-secret"}');
    logger.debug('http request result: "T-secret"');
    logger.info('Bad payload: T-secret');
    logger.warn('http request failed', 'unexpected {"text":"T-secret"}');
    logger.error(new Error('Bad answer [["T-secret"]]'));
    logger.debug('WebSocket close frame received (code: 1000)');
    expect(lines.join('\n')).not.toContain('T-secret');
    expect(lines.at(-1)).toBe('WebSocket close frame received (code: 1000)');
  });
});

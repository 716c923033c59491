import { describe, expect, test } from '@jest/globals';
import { COMMANDS } from '../../src/app/features.ts';
import { fc } from '../property.ts';
import { readCommand } from './read-command.ts';

const ticket = (number: number) => ({ ok: true, command: { name: 'ticket', ticket: { by: 'number', number } } });
const page = (host: string, id: number) => ({
  ok: true,
  command: { name: 'ticket', ticket: { by: 'page', host, id } },
});

describe('a command', () => {
  test.each(['', '   ', '\t\n'])('of nothing (%p) is the summary', (text) => {
    expect(readCommand(text)).toEqual({ ok: true, command: { name: 'summary' } });
  });

  test.each([
    ...['ticket 32164', 'ticket #32164', 'TICKET 32164', '  ticket   32164  ', '32164', '#32164', '32164.', '#32164:'],
    ...['(#32164)', '[32164],', '"32164"', '*#32164*', '`32164`;', '٣٢١٦٤', '＃３２１６４'],
  ])('%p opens the ticket of that number', (text) => {
    expect(readCommand(text)).toEqual(ticket(32_164));
  });

  test.each([
    'https://computerguru.syncromsp.com/tickets/110251904',
    'ticket https://computerguru.syncromsp.com/tickets/110251904',
    '<https://computerguru.syncromsp.com/tickets/110251904>',
    'computerguru.syncromsp.com/tickets/110251904',
    '(https://computerguru.syncromsp.com/tickets/110251904).',
    'https://ComputerGuru.SyncroMSP.com/tickets/110251904/',
    'https://computerguru.syncromsp.com/tickets/110251904?tab=comments#c12',
  ])('%p opens the ticket of that page by its id', (text) => {
    expect(readCommand(text)).toEqual(page('computerguru.syncromsp.com', 110_251_904));
  });

  test.each(['https://computerguru.syncromsp.com/customers/12', 'https://computerguru.syncromsp.com/tickets/'])(
    '%p is no ticket page',
    (text) => {
      expect(readCommand(`ticket ${text}`)).toMatchObject({ ok: false, example: 'ticket 32164' });
    },
  );

  test.each([
    ['bill 32164', ''],
    ['bill #32164 45', '45'],
    ['bill (#32164), 45 min remote', '45 min remote'],
    ['bill 32164:  remote 1 hour  30 minutes', 'remote 1 hour  30 minutes'],
    ['bill 32164 25h remote fixed it', '25h remote fixed it'],
  ])('%p keeps what stands behind the number as it was typed', (text, words) => {
    expect(readCommand(text)).toEqual({
      ok: true,
      command: { name: 'bill', ticket: { by: 'number', number: 32_164 }, words },
    });
  });

  const address = 'https://computerguru.syncromsp.com/tickets/110251904';
  const ref = { by: 'page', host: 'computerguru.syncromsp.com', id: 110_251_904 };
  test.each([
    [`bill ${address} 45m`, { name: 'bill', ticket: ref, words: '45m' }],
    [
      `comment ${address}, see https://acme.example`,
      { name: 'comment', ticket: ref, text: 'see https://acme.example' },
    ],
    [`update ${address} wait c`, { name: 'update', ticket: ref, status: 'wait c' }],
    [`close ${address}`, { name: 'close', ticket: ref }],
    [`audit ${address}`, { name: 'audit', ticket: ref }],
    [`timer start ${address}`, { name: 'timer', verb: 'start', ticket: ref }],
    [`timer stop ${address}`, { name: 'timer', verb: 'stop', ticket: ref }],
  ])('%p takes the address of a ticket', (text, command) => {
    expect(readCommand(text)).toEqual({ ok: true, command });
  });

  test.each([
    ['search printer  acme', { name: 'search', words: 'printer  acme' }],
    ['search 32164', { name: 'search', words: '32164' }],
    ['customers Burger', { name: 'customers', words: 'Burger' }],
    ['help', { name: 'help', about: null }],
    ['help bill', { name: 'help', about: 'bill' }],
    ['help BILL', { name: 'help', about: 'bill' }],
    ['help frobnicate', { name: 'help', about: 'frobnicate' }],
  ])('%p is understood', (text, command) => {
    expect(readCommand(text)).toEqual({ ok: true, command });
  });

  test.each([
    ['ticket', 'Which ticket? A number is missing.', 'ticket 32164'],
    ['again abc', '"abc" is not a ticket number.', 'again 32164'],
    ['ticket $32164', '"$32164" is not a ticket number.', 'ticket 32164'],
    ['ticket 32164%', '"32164%" is not a ticket number.', 'ticket 32164'],
    ['ticket 0x20', '"0x20" is not a ticket number.', 'ticket 32164'],
    ['ticket 1234567890', '"1234567890" is not a ticket number.', 'ticket 32164'],
    ['customers', 'Which customer? A name, phone or email.', 'customers burger'],
  ])('%p is answered with what is missing and an example', (text, problem, example) => {
    expect(readCommand(text)).toEqual({ ok: false, problem, suggestion: null, example });
  });

  test.each([
    ['bill', 'bill:choose'],
    ['comment', 'comment:choose'],
    ['update', 'update:choose'],
    ['close', 'close:choose'],
    ['search', 'search:form'],
    ['bill 45m remote fixed it', 'bill:choose'],
    ['comment hello', 'comment:choose'],
    ['update wait c', 'update:choose'],
    ['close Fixed it.', 'close:choose'],
  ])('%p opens what asks for the rest', (text, opens) => {
    expect(readCommand(text)).toMatchObject({ ok: false, opens });
  });

  test.each([
    ['bil 32164', '"bil" is not a command.', 'bill'],
    ['serach printer', '"serach" is not a command.', 'search'],
    ['frobnicate', '"frobnicate" is not a command.', 'help'],
    ['constructor', '"constructor" is not a command.', 'help'],
    ['-5', '"-5" is not a command.', 'help'],
  ])('%p is answered with what is wrong and what comes nearest', (text, problem, suggestion) => {
    expect(readCommand(text)).toEqual({ ok: false, problem, suggestion, example: null });
  });

  test('a long unknown word is shortened in the answer', () => {
    const parsed = readCommand('x'.repeat(5_000));
    expect(parsed.ok ? '' : parsed.problem.length).toBeLessThan(100);
  });

  test('whatever is typed, it never throws', () => {
    const word = fc.oneof(
      fc.constantFrom(...COMMANDS.map(({ name }) => name), '32164', '#1', '45m', '__proto__'),
      fc.string(),
    );
    const text = fc.oneof(
      fc.string({ unit: 'binary', maxLength: 300 }),
      fc.array(word, { maxLength: 6 }).map((words) => words.join(' ')),
    );
    fc.assert(
      fc.property(text, (typed) => {
        const parsed = readCommand(typed);
        return parsed.ok || parsed.problem.length > 0;
      }),
      { numRuns: 2_000 },
    );
  });
});

describe('the table of commands', () => {
  const rows = COMMANDS.map((row) => [row.name, row] as const);

  test.each(rows)('the example of %s is understood as that command', (name, row) => {
    expect(readCommand(row.example)).toMatchObject({ ok: true, command: { name } });
  });

  test.each(rows.filter(([name]) => name !== 'summary'))('the usage of %s begins with its name', (name, row) => {
    expect(row.usage.split(' ')[0]).toBe(name);
  });
});

import { describe, expect, test } from '@jest/globals';
import { typedBehindCommand, typedInField } from '../../src/slack/typed.ts';

const nameOf = (id: string): string | null => (id === 'U012WINTER' ? 'Winter Williams' : null);

describe('behind a command, Slack’s markup is what the person saw', () => {
  test.each([
    [
      'comment 32164 Please see <https://status.example.com/x?a=1&amp;b=2> and ask <@U012WINTER|winter>',
      'comment 32164 Please see https://status.example.com/x?a=1&b=2 and ask @winter',
    ],
    ['see <https://acme.example|acme.example>', 'see acme.example'],
    ['see <https://acme.example/guide|our &amp; your guide>', 'see our & your guide'],
    ['ask <@U012WINTER> or <@U0NOBODY>', 'ask @Winter Williams or @somebody'],
    ['in <#C0GENERAL|general> and <#C0SECRET|>', 'in #general and #channel'],
    ['<!subteam^S012|@helpdesk> <!subteam^S012> <!here> <!channel|@channel>', '@helpdesk @group @here @channel'],
    ['customers <mailto:jerry@burger.example|jerry@burger.example>', 'customers jerry@burger.example'],
    ['customers <tel:5205550001|520-555-0001>', 'customers 520-555-0001'],
    ['customers <tel:5205550001>', 'customers 5205550001'],
    ['<ftp://files.acme.example|files.acme.example> <ftp://x.example>', 'files.acme.example ftp://x.example'],
    ['<slack://channel?id=1|open> <sip:5010@acme.example|sip:5010@acme.example>', 'open sip:5010@acme.example'],
    ['<sms:+15205555010|520-555-5010> <callto:5010|5010>', '520-555-5010 5010'],
    ['<file://server/share|\\\\server\\share> <ssh://root@host|ssh host>', '\\\\server\\share ssh host'],
    ['<https://acme.example/a b|x> <!date^1764460800^{date}^https://x.example/|Nov 30>', 'x Nov 30'],
    ['Rebooted &amp; it &lt;works&gt; &amp;lt;', 'Rebooted & it <works> &lt;'],
    ['comment 32164 Map&lt;string, x&gt; 3 &lt; 4', 'comment 32164 Map<string, x> 3 < 4'],
    ['  bill\u00a032164\u200b  ', 'bill 32164'],
  ])('%s', (raw, seen) => {
    expect(typedBehindCommand(raw, nameOf)).toBe(seen);
  });
});

describe('in a field', () => {
  test.each([
    ['<https://acme.example|acme.example> and <mailto:j@b.example|j@b.example>', 'acme.example and j@b.example'],
    ['<#C0GENERAL|general> <@U012WINTER|winter> <!subteam^S012>', '#general @winter @group'],
    ['<ftp://x.example|y> <slack://open?a=1|Slack> <SSH://root@host|ssh host>', 'y Slack ssh host'],
    ['<b|c> <C:|D> <a b:c|d> <1:2|3>', '<b|c> <C:|D> <a b:c|d> <1:2|3>'],
    ['a &amp; b <b>bold</b> x < y > z', 'a &amp; b <b>bold</b> x < y > z'],
    ['“so”\u200b', '"so"'],
  ])('%s', (raw, seen) => {
    expect(typedInField(raw)).toBe(seen);
  });
});

test('in a field, brackets without a label are kept: people write addresses so, and mail headers do', () => {
  const typed = '<!here> <@U012WINTER> <https://acme.example> <mailto:list@acme.example> <ftp://x.example>';
  expect(typedInField(typed)).toBe(typed);
});

import { expect, test } from '@jest/globals';
import { auditMessage } from '../../../../src/features/audit/slack/messages.ts';
import type { AuditRow } from '../../../../src/runs/ports.ts';
import { createLinks } from '../../../../src/slack/links.ts';
import { jerrysNumber, noon } from '../../../runs/rules/a-ticket.ts';

const links = createLinks('https://computerguru.syncromsp.com');

const row = (what: string): AuditRow => ({
  ...{ seq: 1, at: noon, slackUser: 'U012HOWARD', technician: 'Howard Enos', syncroUserId: 1750 },
  ...{ syncroUser: 'Howard Enos', what, outcome: 'confirmed', ticketNumber: jerrysNumber, recordId: 77 },
  ...{ ref: 'K7Q2MX', runId: 'a', n: 0, previous: '', hash: '' },
});

test('the note of a write stands behind what it was', () => {
  const { blocks } = auditMessage(jerrysNumber, [row('line_item_update: was 0.75 h × $150.00: remote')], null, links);
  expect(JSON.stringify(blocks)).toContain(' · line change');
  expect(JSON.stringify(blocks)).toContain(' (was 0.75 h × $150.00: remote)');
});

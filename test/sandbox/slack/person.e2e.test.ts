import { createServer, type Server } from 'node:http';
import { afterEach, beforeEach, expect, test } from '@jest/globals';
import type { ModalView } from '@slack/types';
import { isJson, type Json, jsonOf, parseJson } from '../../../sandbox/slack/json.ts';
import { type SlackSandbox, startSlack } from '../../../sandbox/slack/slack.ts';
import { AUDIENCES, billView } from './bolt-app.ts';
import { callApi } from './call-api.ts';

let slack: SlackSandbox;
let app: Server;
let payloads: Json[];

beforeEach(async () => {
  payloads = [];
  app = createServer((request, response) => {
    let body = '';
    request.on('data', (part) => {
      body += String(part);
    });
    request.on('end', () => {
      const form = Object.fromEntries(new URLSearchParams(body));
      const payload = form.payload === undefined ? form : parseJson(form.payload);
      if (isJson(payload)) payloads.push(payload);
      response.end();
    });
  });
  await new Promise<void>((resolve) => app.listen(0, '127.0.0.1', resolve));
  const address = app.address();
  const port = typeof address === 'object' && address ? address.port : 0;
  slack = await startSlack({ deliverTo: `http://127.0.0.1:${port}/` });
});
afterEach(async () => {
  await slack.close();
  app.closeAllConnections();
  await new Promise((resolve) => app.close(resolve));
});

test.each([
  ['U012HOWARD', { id: 'T0SANDBOX', domain: 'sandbox' }],
  ['U0STRANGER', { id: 'T0STRANGER', domain: 'stranger' }],
])('%s comes from their own workspace in commands and shortcuts', async (id, team) => {
  const person = slack.person(id);
  const written = await person.post('C0SHARED', 'hello');
  await person.slash('/syncro', 'ticket 1', { channel: 'C0SHARED' });
  await person.shortcut('new_ticket');
  await person.messageShortcut(written, 'bill_message');
  const [slash, shortcut, onMessage] = payloads;
  expect(slash).toMatchObject({ command: '/syncro', team_id: team.id, team_domain: team.domain, user_id: id });
  expect(shortcut).toMatchObject({ type: 'shortcut', team, user: { id, team_id: team.id } });
  expect(onMessage).toMatchObject({ type: 'message_action', team, user: { id, team_id: team.id } });
});

test('nobody can type where people choose', async () => {
  const view: ModalView = billView();
  const status = { type: 'static_select' as const, action_id: 'v', options: AUDIENCES };
  const blocks = [
    ...view.blocks,
    { type: 'input' as const, block_id: 's', label: { type: 'plain_text' as const, text: 'Status' }, element: status },
  ];
  const trigger_id = slack.wiring.core.triggers.issue('U012HOWARD');
  await callApi(slack, 'views.open', { trigger_id, view: { ...view, blocks } });
  const form = await slack.person('U012HOWARD').modal();
  await expect(form.type('Status', 'Internal only')).rejects.toThrow(
    `"Status" is a static_select, where nobody can type: use choose('Status', …)`,
  );
  await expect(form.type('Labor type', 'x')).rejects.toThrow("use choose('Labor type', …)");
  await expect(form.type('Audience', 'x')).rejects.toThrow("use choose('Audience', …)");
  await expect(form.type('Due date', 'x')).rejects.toThrow("use pickDate('Due date', …)");
  const held = jsonOf(form.raw.values.get('s')?.get('v'));
  expect(held.selected_option).toBeNull();
  await form.choose('Status', 'Internal only');
  await form.type('Minutes', '45');
  expect([form.value('Status'), form.value('Minutes')]).toEqual(['Internal only', '45']);
});

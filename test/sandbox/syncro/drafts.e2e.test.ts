import { afterEach, expect, test } from '@jest/globals';
import { get, inside, jerrys, post, start, stopAll } from './ask.ts';

afterEach(stopAll);

const invoiced = async (has_drafts: boolean) => {
  const syncro = await start();
  syncro.state.settings.has_drafts = has_drafts;
  const made = await post(syncro, '/invoices', { ticket_id: jerrys, customer_id: 33401001 });
  const id = Number(inside(made.body.invoice).id);
  const row = syncro.state.invoices.find((one) => one.id === id);
  if (!row) throw new Error('no invoice');
  return { syncro, row, at: `/invoices/${id}` };
};

test('an invoice becomes a draft and is published, and no answer says which it is', async () => {
  const { syncro, row, at } = await invoiced(true);
  expect((await post(syncro, `${at}/convert_to_draft`, {})).status).toBe(200);
  expect(row.is_draft).toBe(true);
  expect(JSON.stringify((await get(syncro, at)).body)).not.toContain('draft');
  expect((await post(syncro, `${at}/publish`, {})).status).toBe(200);
  expect(row.is_draft).toBe(false);
});

test('where the account has no drafts, both are a 404', async () => {
  const { syncro, row, at } = await invoiced(false);
  expect((await post(syncro, `${at}/convert_to_draft`, {})).status).toBe(404);
  expect((await post(syncro, `${at}/publish`, {})).status).toBe(404);
  expect(row.is_draft).toBeUndefined();
});

test.each(['is_paid', 'is_exported'] as const)('what %s does not go back', async (field) => {
  const { syncro, row, at } = await invoiced(true);
  row[field] = true;
  expect((await post(syncro, `${at}/convert_to_draft`, {})).status).toBe(422);
  expect(row.is_draft).toBeUndefined();
});

import { expect, test } from '@jest/globals';
import { ticketId } from '../../src/syncro/ticket.ts';
import { callOf } from '../../src/syncro/write-call.ts';
import { remoteProduct } from '../runs/rules/a-ticket.ts';

test.each([
  [66.67, 0.6667],
  [16.67, 0.1667],
  [75, 0.75],
])('%d hundredths of an hour go out as %d', (quantityHundredths, quantity) => {
  const item = { productId: remoteProduct.id, name: 'Labor', description: 'Done.', taxable: false };
  const write = {
    kind: 'line_item',
    ticketId: ticketId(1),
    item: { ...item, quantityHundredths, rateCents: 1234.56 },
  } as const;
  expect(callOf(write).body).toMatchObject({ quantity, price_retail: 12.3456 });
});

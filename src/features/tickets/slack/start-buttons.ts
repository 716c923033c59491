import { button } from '../../../slack/blocks.ts';

/** What people do next who are not at a ticket. */
export const startButtons = () => [
  button('New ticket', 'create:open'),
  button('Search', 'search:form'),
  button('Bill time', 'bill:choose'),
];

import type { ModalView } from '@slack/types';
import { z } from 'zod';
import { MOST_WORDS } from '../../../shared/list-page.ts';
import type { Asked } from '../../../slack/asked.ts';
import { note } from '../../../slack/blocks.ts';
import { readValues, typed } from '../../../slack/forms/form-values.ts';
import { answerWhenKnown, CLEAR, type Submit, type Submitted } from '../../../slack/forms/submitted.ts';
import { failureReply } from '../../../slack/person.ts';
import type { Reply } from '../../../slack/reply.ts';
import { createSay } from '../../../slack/say.ts';
import { parseTicketPage } from '../../../syncro/ticket-ref.ts';
import type { FoundTickets, SearchUse } from '../search-tickets.ts';
import { foundTicketsMessage } from './found-tickets.ts';

const SEARCH_FORM = 'search';
const TITLE = 'Search tickets';
/** A form doesn't know under which name the command was registered. */
const COMMAND = '/syncro';

type SearchFormState = {
  /** Where the results go; `null`: to the direct messages. */
  readonly channel: string | null;
  readonly words: string;
  /** What went wrong the last time. */
  readonly problem?: Reply;
};

export const searchView = ({ channel, words, problem }: SearchFormState): ModalView => ({
  type: 'modal',
  callback_id: SEARCH_FORM,
  private_metadata: JSON.stringify({ channel }),
  title: { type: 'plain_text', text: TITLE },
  submit: { type: 'plain_text', text: 'Search' },
  close: { type: 'plain_text', text: 'Cancel' },
  blocks: [
    ...(problem?.blocks ?? []),
    {
      type: 'input',
      block_id: 'words',
      label: { type: 'plain_text', text: 'Words' },
      hint: { type: 'plain_text', text: 'A number, or a part of the subject, the customer or a comment.' },
      element: {
        type: 'plain_text_input',
        action_id: 'words',
        max_length: MOST_WORDS,
        focus_on_load: true,
        ...(words ? { initial_value: words } : {}),
      },
    },
  ],
});

const saying = (text: string): ModalView => ({
  type: 'modal',
  callback_id: 'search-waiting',
  title: { type: 'plain_text', text: TITLE },
  close: { type: 'plain_text', text: 'Close' },
  blocks: [note(text)],
});

const METADATA = z.object({ channel: z.string().min(1).max(50).nullable() });

const readChannel = (metadata: string): string | null => {
  try {
    return METADATA.parse(JSON.parse(metadata)).channel;
  } catch {
    return null;
  }
};

/** Searches and says what was found where the form came from: a submitted form has no response_url. */
const search = async (submitted: Submitted<SearchUse>, words: string): Promise<void> => {
  const { deps, technician, view } = submitted;
  const say = createSay(
    null,
    deps.client,
    { channel: readChannel(view.metadata), user: technician.slackUser },
    deps.log,
  );
  const found = await searchByWords(submitted, words);
  await say(foundTicketsMessage(found, deps.links, deps.clock.now(), COMMAND));
};

const submitSearch: Submit<SearchUse> = (submitted) => {
  const { deps, technician, view } = submitted;
  const words = typed(readValues(view.values), 'words').trim();
  if (words === '')
    return Promise.resolve({ answer: { response_action: 'errors', errors: { words: 'Search for what?' } } });
  const again = (problem: Reply): ModalView => searchView({ channel: readChannel(view.metadata), words, problem });
  return answerWhenKnown(
    submitted,
    async () => {
      await search(submitted, words);
      return CLEAR;
    },
    {
      meanwhile: saying('⏳ Searching …'),
      finished: saying('✓ What was found is in the message below.'),
      again: () => searchView({ channel: readChannel(view.metadata), words }),
      failed: (error) => again(failureReply(deps, error, { command: COMMAND, writing: false, who: technician.name })),
    },
  );
};

export const searchForms: Readonly<Record<string, Submit<SearchUse>>> = { [SEARCH_FORM]: submitSearch };

/** A search asked anew; an address of our Syncro means the ticket behind it. @throws AppError */
export const searchByWords = async (
  { deps, use, technician }: Pick<Asked<SearchUse>, 'deps' | 'use' | 'technician'>,
  typed: string,
): Promise<FoundTickets> => {
  const page = parseTicketPage(typed);
  const words = page?.host === deps.links.host ? String(await use.numberOfPage(technician, page.id)) : typed;
  return use.searchTickets(technician, { words, openOnly: false, page: 1, anew: true });
};

import type { ModalView } from '@slack/types';
import { z } from 'zod';
import { MOST_WORDS } from '../../../shared/list-page.ts';
import type { Asked } from '../../../slack/asked.ts';
import { note } from '../../../slack/blocks.ts';
import { readValues, typed } from '../../../slack/forms/form-values.ts';
import { modal } from '../../../slack/forms/modal.ts';
import { answerWhenKnown, CLEAR, type Submit, type Submitted } from '../../../slack/forms/submitted.ts';
import { textInput } from '../../../slack/forms/text-input.ts';
import { failureReply } from '../../../slack/person.ts';
import type { Reply } from '../../../slack/reply.ts';
import { createSay } from '../../../slack/say.ts';
import { parseTicketPage } from '../../../syncro/ticket-ref.ts';
import type { FoundTickets } from '../search-tickets.ts';
import { foundTicketsMessage } from './found-tickets.ts';
import type { SearchUse } from './use.ts';

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

export const searchView = ({ channel, words, problem }: SearchFormState): ModalView =>
  modal({
    callbackId: SEARCH_FORM,
    kept: { channel },
    title: TITLE,
    submit: 'Search',
    blocks: [
      ...(problem?.blocks ?? []),
      textInput({
        field: 'words',
        label: 'Words',
        hint: 'A number, or part of the subject, customer or comment.',
        max_length: MOST_WORDS,
        focus_on_load: true,
        value: words,
      }),
    ],
  });

const saying = (text: string): ModalView =>
  modal({ callbackId: 'search-waiting', title: TITLE, close: 'Close', blocks: [note(text)] });

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

import type { Draft } from '../../../runs/ports.ts';

/** What a create form holds or is opened with: fields as typed and chosen, '' or absent for empty. */
export type CreateDraft = {
  /** The customer's id. */
  readonly customer: string;
  readonly contact: string;
  readonly subject: string;
  readonly description: string;
  readonly audience: string;
  readonly priority: string;
  readonly technician: string;
  readonly problemType: string;
  readonly dueDate: string;
};

/** Beside the fields: what was found out about the text that the form was opened with. */
type Opening = {
  /** Ids of everybody who could be meant, offered first. */
  readonly candidates?: string;
  /** One sentence about it. */
  readonly notice?: string;
};

export type OpenedCreateDraft = Partial<CreateDraft> & Opening;

const MOST_CANDIDATES = 50;

export const candidatesText = (ids: readonly number[]): string => ids.slice(0, MOST_CANDIDATES).join(',');

export const candidatesOf = (draft: Draft): readonly number[] =>
  (draft.candidates ?? '')
    .split(',')
    .map(Number)
    .filter((id) => Number.isInteger(id) && id > 0);

/** The id that a select holds, or `null`. */
export const idOf = (text: string | undefined): number | null => (/^\d{1,15}$/.test(text ?? '') ? Number(text) : null);

import { z } from 'zod';
import { AppError } from '../shared/errors.ts';
import type { Asked, SeenView } from './asked.ts';
import { readFormId } from './forms/form-values.ts';

/** A press of a button or a choice in a menu. */
export type Pressed<Use = unknown> = Asked<Use> & {
  readonly actionId: string;
  readonly blockId: string;
  /** The button's value or the chosen option's; hostile until read. */
  readonly value: string;
  /** True: it was pressed in a message that only this person sees, so that another may take its place. */
  readonly ephemeral: boolean;
  /** The view that it was pressed in, if it was a form or the Home. */
  readonly view:
    | (SeenView & {
        readonly hash: string | null;
        readonly type: string /** Hostile until read. */;
        readonly blocks: unknown;
      })
    | null;
};

export type Action<Use = unknown> = (pressed: Pressed<Use>) => Promise<void>;

export const fromAnotherTime = (): AppError =>
  new AppError('stale', 'This button is out of date. Run the command again.');

export const fromJson = <T>(schema: z.ZodType<T>, text: string): T => {
  try {
    return schema.parse(JSON.parse(text));
  } catch {
    throw fromAnotherTime();
  }
};

/** A page of a list; far more than any list has. */
export const PAGE = z.number().int().min(1).max(10_000);

/** In place of a message that nobody else sees; beside one that others read, for the presser alone. */
export const inPlaceOfOwn = ({ ephemeral, channel }: Pressed) =>
  // Direct messages with the app have ids that begin so.
  ephemeral || channel?.startsWith('D') ? { replace: true } : { beside: true };

/** The form that a button in a view belongs to. @throws AppError stale */
export const formOf = ({ view }: Pressed): { readonly viewId: string; readonly formId: string } => {
  const formId = view ? readFormId(view.metadata) : null;
  if (!view || !formId) throw new AppError('stale', 'This form is too old. Open it again.');
  return { viewId: view.id, formId };
};

import { z } from 'zod';
import { typedInField } from '../typed.ts';

const entry = z.looseObject({
  value: z.string().transform(typedInField).nullish(),
  selected_option: z.looseObject({ value: z.string() }).nullish(),
  selected_date: z.string().nullish(),
  selected_date_time: z.number().nullish(),
});

/** What Slack sends of a form's inputs, by block_id and action_id; a field that can't be read counts as left empty. */
const schema = z.record(z.string(), z.record(z.string(), entry.catch({}))).catch({});

export type FormValues = z.infer<typeof schema>;

/** Whatever came, as form values. */
export const readValues = (raw: unknown): FormValues => schema.parse(raw);

const first = (values: FormValues, field: string) => Object.values(values[field] ?? {})[0];

export const typed = (values: FormValues, field: string): string => first(values, field)?.value ?? '';

/** `YYYY-MM-DD`, or `''`. */
export const picked = (values: FormValues, field: string): string => first(values, field)?.selected_date ?? '';

/** A moment in whole seconds since 1970, or `''`. */
export const pickedTime = (values: FormValues, field: string): string =>
  String(first(values, field)?.selected_date_time ?? '');

export const chosen = (values: FormValues, field: string): string => first(values, field)?.selected_option?.value ?? '';

/** A zod error as Slack takes it: field name = zod key = block_id. */
export const fieldErrors = (error: z.ZodError): Readonly<Record<string, string>> =>
  Object.fromEntries(error.issues.map(({ path, message }) => [String(path[0]), message]));

/** What was filled in, as it was typed and as it is meant; or what is wrong with it by field, in words for the person. */
export type Parsed<Draft, Choice> =
  | { readonly ok: true; readonly draft: Draft; readonly choice: Choice }
  | { readonly ok: false; readonly errors: Readonly<Record<string, string>> };

export const parseDraft = <Draft, Choice>(schema: z.ZodType<Choice>, draft: Draft): Parsed<Draft, Choice> => {
  const parsed = schema.safeParse(draft);
  return parsed.success ? { ok: true, draft, choice: parsed.data } : { ok: false, errors: fieldErrors(parsed.error) };
};

const ID = z.string().min(1).max(255);
const metadata = z.object({
  formId: ID.max(100),
  preview: ID.optional(),
  alone: z.boolean().optional(),
  authorId: z.number().optional(),
});

const readKept = (raw: unknown): z.infer<typeof metadata> | null => {
  try {
    return metadata.parse(JSON.parse(String(raw)));
  } catch {
    return null;
  }
};

/** The form's id out of a view's private_metadata, or `null` when it is not one of ours. */
export const readFormId = (raw: unknown): string | null => readKept(raw)?.formId ?? null;

/** Under whose name the form said that it sends; `null`: it did not. */
export const readAuthorId = (raw: unknown): number | null => readKept(raw)?.authorId ?? null;

/** Which preview a view is, and whether no form lies below it. */
export const readPreview = (raw: unknown): { readonly preview: string | null; readonly alone: boolean } => {
  const kept = readKept(raw);
  return { preview: kept?.preview ?? null, alone: kept?.alone ?? true };
};

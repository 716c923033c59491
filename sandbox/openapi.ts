import { readFileSync } from 'node:fs';
import { Ajv, type ErrorObject } from 'ajv';
import { z } from 'zod';
import { schemaOfExample } from './schema-of-example.ts';

/** One request and its answer. `path` is below the base URL, with ids filled in and without query. */
export type Exchange = {
  readonly method: string;
  readonly path: string;
  readonly query: Readonly<Record<string, string>>;
  readonly requestBody: unknown;
  readonly status: number;
  /** Parsed JSON; text when it was none; null without a body. */
  readonly responseBody: unknown;
};

/** Something in an exchange that the document does not allow. */
export type Problem = {
  /** e.g. `POST /tickets/{id}/comment` */
  readonly operation: string;
  readonly text: string;
};

const schema = z.record(z.string(), z.unknown());
const media = z.object({
  schema: schema.optional(),
  example: z.unknown().optional(),
  examples: z.record(z.string(), z.object({ value: z.unknown() })).optional(),
});
const content = z.record(z.string(), media).nullish();
const operation = z.object({
  parameters: z.array(z.object({ name: z.string(), in: z.string(), schema: schema.optional() })).nullish(),
  requestBody: z.object({ $ref: z.string().optional(), content }).nullish(),
  responses: z.record(z.string(), z.object({ content })),
});
const methods = z.enum(['get', 'post', 'put', 'patch', 'delete']);
const document = z.object({
  paths: z.record(z.string(), z.record(z.string(), z.unknown())),
  components: z.object({ requestBodies: z.record(z.string(), z.object({ content })) }),
});

type Operation = z.infer<typeof operation>;
type Content = z.infer<typeof content>;
export type OpenApi = z.infer<typeof document>;

export const readOpenApi = (file: string): OpenApi => document.parse(JSON.parse(readFileSync(file, 'utf8')));

/** OpenAPI 3.0 says `nullable` where JSON Schema says type null. */
const toJsonSchema = (value: unknown): unknown => {
  if (Array.isArray(value)) return value.map(toJsonSchema);
  if (typeof value !== 'object' || value === null) return value;
  const entries = Object.entries(value).filter(([key]) => key !== 'nullable' && key !== 'format' && key !== 'example');
  const converted: Record<string, unknown> = Object.fromEntries(entries.map(([key, one]) => [key, toJsonSchema(one)]));
  if ('nullable' in value && value.nullable === true && typeof converted.type === 'string') {
    converted.type = [converted.type, 'null'];
  }
  return converted;
};

/** What a body may be: the schema, or what the examples show where there is none; null = not described. */
const schemaOf = (described: Content): object | null => {
  const first = Object.values(described ?? {})[0];
  if (!first) return null;
  if (first.schema) return toJsonSchema(first.schema) as object;
  const example = first.example ?? Object.values(first.examples ?? {})[0]?.value;
  return example === undefined ? null : schemaOfExample(example);
};

const pathPattern = (template: string): RegExp =>
  new RegExp(`^/?${template.replace(/^\//, '').replaceAll(/\{\w+\}/g, '[^/]+')}$`);

const find = (openapi: OpenApi, exchange: Exchange): { name: string; found: Operation } | null => {
  const templates = Object.keys(openapi.paths).filter((one) => pathPattern(one).test(exchange.path));
  // `/tickets/settings` is described itself, and is no `/tickets/{id}`.
  const template = templates.toSorted((a, b) => a.split('{').length - b.split('{').length)[0];
  const method = methods.safeParse(exchange.method.toLowerCase());
  if (template === undefined || !method.success) return null;
  const described = openapi.paths[template]?.[method.data];
  if (described === undefined) return null;
  return { name: `${exchange.method} /${template.replace(/^\//, '')}`, found: operation.parse(described) };
};

const ajv = new Ajv({ strict: false, allErrors: true, allowUnionTypes: true });
// No numbers of list entries: one wrong field in 50 rows is one problem.
const where = (error: ErrorObject): string => error.instancePath.replaceAll(/\/\d+(?=\/|$)/g, '[]') || '/';

const against = (side: 'request' | 'response', shape: object | null, body: unknown): string[] => {
  if (shape === null || ajv.validate(shape, body)) return [];
  return (ajv.errors ?? []).map((error) => `${side} ${where(error)} ${error.message ?? ''}`);
};

const requestProblems = (openapi: OpenApi, found: Operation, exchange: Exchange): string[] => {
  const known = new Map(found.parameters?.filter((one) => one.in === 'query').map((one) => [one.name, one.schema]));
  const unknown = Object.keys(exchange.query)
    .filter((name) => !known.has(name) && !known.has(name.replace(/\[\]$/, '')))
    .map((name) => `query ${name} is not described`);
  const wrong = Object.entries(exchange.query)
    .filter(([name, value]) => known.get(name)?.type === 'integer' && !/^-?\d+$/.test(value))
    .map(([name]) => `query ${name} must be integer`);
  const reference = found.requestBody?.$ref?.split('/').at(-1);
  const described = reference ? openapi.components.requestBodies[reference]?.content : found.requestBody?.content;
  const shape = schemaOf(described);
  const isEmpty = exchange.requestBody === null || exchange.requestBody === undefined;
  if (shape === null || isEmpty) return [...unknown, ...wrong];
  const names = 'properties' in shape ? Object.keys(shape.properties ?? {}) : [];
  // Syncro ignores fields that it does not know in silence: the way to lose a price.
  const extra = Object.keys(exchange.requestBody ?? {})
    .filter((name) => !names.includes(name))
    .map((name) => `request /${name} is not described`);
  return [...unknown, ...wrong, ...extra, ...against('request', shape, exchange.requestBody)];
};

const responseProblems = (found: Operation, exchange: Exchange): string[] => {
  const described = found.responses[String(exchange.status)];
  if (!described) return [`status ${exchange.status} is not described`];
  return against('response', schemaOf(described.content), exchange.responseBody);
};

/**
 * Holds requests and answers against the document, which describes most answers by an example only: then each field
 * of the example must be there with the example's type. Each problem comes once, however often it happened.
 */
export const checkExchanges = (openapi: OpenApi, exchanges: readonly Exchange[]): Problem[] => {
  const problems = new Map<string, Problem>();
  for (const exchange of exchanges) {
    const match = find(openapi, exchange);
    const operationName = match?.name ?? `${exchange.method} ${exchange.path.replaceAll(/\/\d+/g, '/{id}')}`;
    const texts = match
      ? [...requestProblems(openapi, match.found, exchange), ...responseProblems(match.found, exchange)]
      : ['is not described'];
    for (const text of texts) problems.set(`${operationName} ${text}`, { operation: operationName, text });
  }
  return [...problems.values()];
};

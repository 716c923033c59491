import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, test } from '@jest/globals';
import { judge } from '../../../sandbox/judge-problems.ts';
import { checkExchanges, type Exchange, readOpenApi } from '../../../sandbox/openapi.ts';

const dir = mkdtempSync(join(tmpdir(), 'openapi-'));
const file = join(dir, 'openapi.json');
afterAll(() => rmSync(dir, { recursive: true }));

// A small document in the manner of Syncro's: examples in the place of schemas, a path without its slash.
writeFileSync(
  file,
  JSON.stringify({
    components: {
      requestBodies: {
        Thing: { content: { 'application/json': { schema: { properties: { name: { type: 'string' } } } } } },
      },
    },
    paths: {
      'things/{id}': {
        get: {
          parameters: [{ name: 'page', in: 'query', schema: { type: 'integer' } }],
          responses: {
            200: { content: { 'application/json': { example: { thing: { id: 1, note: null, tags: ['a'] } } } } },
            404: {},
          },
        },
        put: {
          requestBody: { $ref: '#/components/requestBodies/Thing' },
          responses: {
            200: { content: { '*/*': { schema: { properties: { note: { type: 'string', nullable: true } } } } } },
          },
        },
      },
      '/things/settings': { get: { responses: { 200: {} } } },
      '/pairs': { get: { responses: { 200: { content: { '*/*': { example: { users: [[1, 'Joe']] } } } } } } },
    },
  }),
);
const openapi = readOpenApi(file);

const problems = (exchange: Partial<Exchange>): string[] =>
  checkExchanges(openapi, [
    {
      method: 'GET',
      path: '/things/7',
      query: {},
      requestBody: null,
      status: 200,
      responseBody: { thing: { id: 7, note: 'any', tags: [], more: 1 } },
      ...exchange,
    },
  ]).map((problem) => `${problem.operation} ${problem.text}`);

describe('checking exchanges against the document', () => {
  test('what fits is no problem, and more fields than described are fine in an answer', () => {
    expect(problems({})).toEqual([]);
  });

  test('a wrong type and a missing field in an answer are problems, each once', () => {
    const thing = { id: '7', tags: [1, 2] };
    expect(problems({ responseBody: { thing } }).toSorted()).toEqual([
      "GET /things/{id} response /thing must have required property 'note'",
      'GET /things/{id} response /thing/id must be number',
      'GET /things/{id} response /thing/tags[] must be string',
    ]);
  });

  test('a status, a path and a parameter that nobody describes are problems', () => {
    expect(problems({ status: 500 })).toEqual(['GET /things/{id} status 500 is not described']);
    expect(problems({ status: 404, responseBody: 'x' })).toEqual([]);
    expect(problems({ path: '/nothing/1' })).toEqual(['GET /nothing/{id} is not described']);
    expect(problems({ method: 'DELETE' })).toEqual(['DELETE /things/{id} is not described']);
    expect(problems({ query: { per_page: '5', page: 'x' } })).toEqual([
      'GET /things/{id} query per_page is not described',
      'GET /things/{id} query page must be integer',
    ]);
  });

  test('a field of a request that is unknown or of the wrong type is a problem', () => {
    const put = (requestBody: object): string[] => problems({ method: 'PUT', requestBody, responseBody: {} });
    expect(put({ name: 'x' })).toEqual([]);
    expect(put({ name: 1, price: 2 })).toEqual([
      'PUT /things/{id} request /price is not described',
      'PUT /things/{id} request /name must be string',
    ]);
  });

  test('nullable allows null, and pairs keep their order', () => {
    expect(problems({ method: 'PUT', requestBody: {}, responseBody: { note: null } })).toEqual([]);
    expect(problems({ method: 'PUT', requestBody: {}, responseBody: { note: 1 } })).toHaveLength(1);
    expect(problems({ path: '/pairs', responseBody: { users: [[2, 'Ann']] } })).toEqual([]);
    expect(problems({ path: '/pairs', responseBody: { users: [['Ann', 2]] } }).length).toBeGreaterThan(0);
  });

  test('a fixed path wins over a placeholder', () => {
    expect(problems({ path: '/things/settings', responseBody: { any: 1 } })).toEqual([]);
  });
});

describe('known deviations', () => {
  const problem = { operation: 'GET /things/{id}', text: 'response /id must be number' };
  const deviation = { operation: 'GET /things/{id}', problem: /\/id must/, source: 'a test' };

  test('a deviation explains the problems of its operation, or of all with a star', () => {
    expect(judge([problem], [deviation])).toEqual({ open: [], unused: [] });
    expect(judge([problem], [{ ...deviation, operation: '*' }])).toEqual({ open: [], unused: [] });
  });

  test('what no deviation explains stays open, and a deviation without a problem is reported', () => {
    const other = { ...deviation, operation: 'GET /other' };
    expect(judge([problem], [other])).toEqual({ open: [problem], unused: [other] });
  });
});

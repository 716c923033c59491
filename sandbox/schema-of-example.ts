/**
 * A JSON Schema of what an example shows: its fields with the types of their values. Null says nothing about a type,
 * an empty list nothing about its entries. A list that looks like a pair (`[1, "Joe"]`) keeps its order.
 */
export const schemaOfExample = (example: unknown): object => {
  if (example === null || example === undefined) return {};
  if (Array.isArray(example)) {
    const kinds = new Set(example.map((one) => typeof one));
    if (kinds.size > 1) {
      return { type: 'array', items: example.map(schemaOfExample), minItems: example.length, additionalItems: false };
    }
    return example.length === 0 ? { type: 'array' } : { type: 'array', items: schemaOfExample(example[0]) };
  }
  if (typeof example === 'object') {
    return {
      type: 'object',
      properties: Object.fromEntries(Object.entries(example).map(([name, value]) => [name, schemaOfExample(value)])),
      required: Object.keys(example),
    };
  }
  // An example like 10 stands for money, 15.5 would fit as well: whole numbers are asked for in ids and counts only.
  return { type: typeof example };
};

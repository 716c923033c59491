import { parseDocument, type YAMLParseError } from 'yaml';

/** What a broken line looks like to its writer; the parser's own words for the rest. */
const BROKEN: Readonly<Record<string, string>> = {
  TAB_AS_INDENT: 'begins with a tab: put spaces there, as in the lines around it',
  DUPLICATE_KEY: 'names something a second time: put both together, or take one away',
  MULTIPLE_DOCS: 'begins a second document: take the --- away',
};
const MISPLACED =
  "doesn't fit the lines before it: it must be indented as its neighbours are; or in the line before, a colon, the space behind it, a quote or a bracket is missing";
const UNCLOSED = 'has a quote or a bracket that is not closed';

/** One slip confuses all that follows, so only the first is told. Of the line its name alone: there may be more in it. */
const firstSlip = (text: string, { code, message, pos: [at] }: YAMLParseError): string => {
  const line = text.slice(0, at).split('\n').length;
  const name = /^[\s-]*([\w-]+)\s*:/.exec(text.split('\n')[line - 1] ?? '')?.[1];
  const unclosed = /closing|end with a [}\]]/.test(message);
  const misplaced = /^(BAD_INDENT|MISSING_CHAR|BLOCK_AS_IMPLICIT_KEY|MULTILINE_IMPLICIT_KEY|BLOCK_IN_FLOW)$/.test(code);
  const words = BROKEN[code] ?? (unclosed ? UNCLOSED : misplaced ? MISPLACED : `can't be read: ${message}`);
  return `line ${line}${name ? ` (${name}: …)` : ''} ${words}`;
};

/** The settings file as it stands there; `null`: it can't be read, which is added to the problems. */
export const readYaml = (text: string, file: string, problems: string[]): unknown => {
  // Windows' editors offer it as "Unicode".
  if (text.includes('\0')) {
    problems.push(`${file}: is saved as UTF-16: save it as UTF-8`);
    return null;
  }
  const document = parseDocument(text, { prettyErrors: false });
  const [slip] = document.errors;
  if (slip) problems.push(`${file}: ${firstSlip(text, slip)}`);
  try {
    return slip ? null : (document.toJS() ?? {});
  } catch (error) {
    // A word that begins with * is the name of something that was said before.
    problems.push(`${file}: ${error instanceof Error ? error.message : "can't be read"}: put quotes around it`);
    return null;
  }
};

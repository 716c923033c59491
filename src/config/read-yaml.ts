import { parseDocument, type YAMLParseError } from 'yaml';

/** What a broken line looks like to its writer; the parser's own words for the rest. */
const BROKEN: Readonly<Record<string, string>> = {
  TAB_AS_INDENT: 'begins with a tab: use spaces, as in the lines around it',
  DUPLICATE_KEY: 'repeats a name: merge the two, or remove one',
  MULTIPLE_DOCS: 'begins a second document: remove the ---',
};
const MISPLACED =
  "doesn't fit the lines before it: indent it like its neighbors; or the line before lacks a colon, the space after it, a quote or a bracket";
const UNCLOSED = 'has an unclosed quote or bracket';

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
    problems.push(`${file}: is UTF-16: save it as UTF-8`);
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

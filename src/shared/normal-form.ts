/** No language puts as many on one letter; Unicode orders a run by moving one mark after the other past the rest. */
const LONG_RUN_OF_MARKS = /(\p{M}{8})\p{M}+/gu;

/** Text in a normal form of Unicode, in a time that grows as the text does. */
export const normalForm = (form: 'NFKC' | 'NFKD', text: string): string =>
  text.replace(LONG_RUN_OF_MARKS, '$1').normalize(form);

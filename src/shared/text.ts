import { normalForm } from './typed-text.ts';

/** From U+00A0 on, without a gap. */
const LATIN =
  'nbsp iexcl cent pound curren yen brvbar sect uml copy ordf laquo not shy reg macr deg plusmn sup2 sup3 acute micro ' +
  'para middot cedil sup1 ordm raquo frac14 frac12 frac34 iquest Agrave Aacute Acirc Atilde Auml Aring AElig Ccedil ' +
  'Egrave Eacute Ecirc Euml Igrave Iacute Icirc Iuml ETH Ntilde Ograve Oacute Ocirc Otilde Ouml times Oslash Ugrave ' +
  'Uacute Ucirc Uuml Yacute THORN szlig agrave aacute acirc atilde auml aring aelig ccedil egrave eacute ecirc euml ' +
  'igrave iacute icirc iuml eth ntilde ograve oacute ocirc otilde ouml divide oslash ugrave uacute ucirc uuml yacute ' +
  'thorn yuml';

/** Each name and its character. */
const OTHERS =
  'amp & lt < gt > quot " apos \' OElig Œ oelig œ Scaron Š scaron š Yuml Ÿ fnof ƒ circ ˆ tilde ˜ ensp \u2002 emsp \u2003 ' +
  'thinsp \u2009 zwnj \u200c zwj \u200d lrm \u200e rlm \u200f ndash – mdash — lsquo ‘ rsquo ’ sbquo ‚ ldquo “ rdquo ” ' +
  'bdquo „ dagger † Dagger ‡ bull • hellip … permil ‰ prime ′ Prime ″ lsaquo ‹ rsaquo › oline ‾ frasl ⁄ euro € trade ™ ' +
  'larr ← uarr ↑ rarr → darr ↓ harr ↔ crarr ↵ lArr ⇐ uArr ⇑ rArr ⇒ dArr ⇓ hArr ⇔ Alpha Α Beta Β Gamma Γ Delta Δ ' +
  'Epsilon Ε Zeta Ζ Eta Η Theta Θ Iota Ι Kappa Κ Lambda Λ Mu Μ Nu Ν Xi Ξ Omicron Ο Pi Π Rho Ρ Sigma Σ Tau Τ Upsilon Υ ' +
  'Phi Φ Chi Χ Psi Ψ Omega Ω alpha α beta β gamma γ delta δ epsilon ε zeta ζ eta η theta θ iota ι kappa κ lambda λ mu μ ' +
  'nu ν xi ξ omicron ο pi π rho ρ sigmaf ς sigma σ tau τ upsilon υ phi φ chi χ psi ψ omega ω thetasym ϑ upsih ϒ piv ϖ ' +
  'weierp ℘ image ℑ real ℜ alefsym ℵ forall ∀ part ∂ exist ∃ empty ∅ nabla ∇ isin ∈ notin ∉ ni ∋ prod ∏ sum ∑ minus − ' +
  'lowast ∗ radic √ prop ∝ infin ∞ ang ∠ and ∧ or ∨ cap ∩ cup ∪ int ∫ there4 ∴ sim ∼ cong ≅ asymp ≈ ne ≠ equiv ≡ le ≤ ' +
  'ge ≥ sub ⊂ sup ⊃ nsub ⊄ sube ⊆ supe ⊇ oplus ⊕ otimes ⊗ perp ⊥ sdot ⋅ lceil ⌈ rceil ⌉ lfloor ⌊ rfloor ⌋ loz ◊ ' +
  'spades ♠ clubs ♣ hearts ♥ diams ♦';

const others = OTHERS.split(' ');

/** The named characters of HTML 4, which is what a server escapes with; what is pure here imports no package. */
export const HTML_ENTITIES: ReadonlyMap<string, string> = new Map([
  ...LATIN.split(' ').map((name, i): [string, string] => [name, String.fromCodePoint(0xa0 + i)]),
  ...others.flatMap((name, i): [string, string][] => (i % 2 === 0 ? [[name, others[i + 1] ?? '']] : [])),
]);

const decodeEntity = (whole: string, code: string): string => {
  const lower = code.toLowerCase();
  if (lower.startsWith('#')) {
    const point = lower.startsWith('#x') ? Number.parseInt(lower.slice(2), 16) : Number(lower.slice(1));
    return Number.isInteger(point) && point > 0 && point <= 0x10ffff ? String.fromCodePoint(point) : whole;
  }
  return HTML_ENTITIES.get(code) ?? HTML_ENTITIES.get(lower) ?? whole;
};

const withoutTags = (text: string): string =>
  text.replace(/<(?:br|\/p|\/div|\/li)[^<>]{0,40}>/gi, ' ').replace(/<\/?[a-z][^<>]{0,500}>/gi, '');

/** As often as the text was escaped: what a person typed as an entity is escaped once more on the way. */
const withoutEntities = (text: string): string => {
  const once = text.replace(ESCAPED_AMPERSAND, '&').replace(ENTITY, decodeEntity);
  return once.replace(ESCAPED_AMPERSAND, '&').replace(ENTITY, decodeEntity);
};

const ESCAPED_AMPERSAND = /&(?:amp;)+/gi;

const ENTITY = /&(#x?[0-9a-f]{1,6}|[a-z][a-z0-9]{1,9});/gi;

/** Zero-width characters, soft hyphens, marks of direction, variants of a glyph: some systems drop them. */
const INVISIBLE = /[\p{Default_Ignorable_Code_Point}\p{Cf}]/gu;

/** What a database with columns of three bytes, or a filter, takes out. */
const EMOJI = /[\u{10000}-\u{10ffff}]|\p{Extended_Pictographic}|\u20e3/gu;

const squeezed = (text: string): string =>
  normalForm('NFKC', text)
    .replace(/\s{2,}|[^\S ]/g, ' ')
    .trim()
    .toLowerCase();

const folded = (text: string): string => {
  const visible = text.replace(INVISIBLE, '');
  // Where there is nothing but emoji, they are what tells one text from another.
  return squeezed(visible.replace(EMOJI, '')) || squeezed(visible);
};

/**
 * Text reduced to what survives Syncro: tags, entities, emoji, invisible characters, forms of a letter, line ends and
 * runs of white space may change on the way, the words don't. Only for comparing; people read the text made by
 * html-to-text.
 */
export const comparable = (text: string): string => folded(withoutTags(withoutEntities(text)));

/** The other order keeps `<` in text that came escaped inside real tags. */
const readings = (text: string): readonly string[] =>
  [...new Set([withoutTags(withoutEntities(text)), withoutEntities(withoutTags(text))])].map(folded);

/** Shortest beginning that is taken as proof when a field may have been cut off. */
const ENOUGH_TO_RECOGNISE = 40;

/** Whoever mails a megabyte must not hold up everybody else; what people send is far shorter. */
const MOST_COMPARED = 10_000;
/** A tag or an entity that was cut in two. */
const TORN_END = /(?:<[^<>]{0,500}|&[#a-z0-9;]{0,40})$/i;

const compared = (seen: string): string =>
  seen.length > MOST_COMPARED ? seen.slice(0, MOST_COMPARED).replace(TORN_END, '') : seen;

/** Equal but for what Syncro may change, or cut off behind a beginning long enough to recognise. */
export const sameAs = (sent: string): ((seen: string) => boolean) => {
  // More of it: what Syncro kept may be squeezed.
  const asSent = readings(sent.slice(0, 2 * MOST_COMPARED));
  // A tag that the person typed as text is kept, escaped or dropped by Syncro: compare both ways.
  return (seen) => readings(compared(seen)).some((b) => asSent.some((a) => a === b || isCutOff(a, b)));
};

export const sameText = (sent: string, seen: string): boolean => sameAs(sent)(seen);

const isCutOff = (whole: string, seen: string): boolean => {
  const cut = seen.replace(/(?:…|\.\.\.)$/, '');
  return cut.length >= ENOUGH_TO_RECOGNISE && cut.length < whole.length && whole.startsWith(cut);
};

export const capitalized = (text: string): string => `${text.slice(0, 1).toUpperCase()}${text.slice(1)}`;

/** At most `length` characters, with an ellipsis when something was left out; never half a surrogate pair. */
export const shorten = (text: string, length: number): string => {
  if (text.length <= length) return text;
  const cut = text.slice(0, length - 1);
  const last = cut.charCodeAt(cut.length - 1);
  return `${last >= 0xd800 && last <= 0xdbff ? cut.slice(0, -1) : cut}…`;
};

/** At most `length` characters, without an ellipsis: for what is sent on rather than shown. */
export const beginning = (text: string, length: number): string => {
  const cut = text.slice(0, length);
  const last = cut.charCodeAt(cut.length - 1);
  return cut.length < text.length && last >= 0xd800 && last <= 0xdbff ? cut.slice(0, -1) : cut;
};

const fnv = (text: string, seed: number): number => {
  let hash = seed;
  for (let i = 0; i < text.length; i++) hash = Math.imul(hash ^ text.charCodeAt(i), 0x01000193);
  return hash >>> 0;
};

/** 16 characters that differ when the texts differ, but for an accident. Not for secrets. */
export const fingerprint = (texts: readonly string[]): string => {
  const text = texts.join('\n');
  return [0x811c9dc5, 0x2bcaf317].map((seed) => fnv(text, seed).toString(16).padStart(8, '0')).join('');
};

/** The value of an option that is no customer but says why there is none: refused with words on the field. */
export const NOBODY = 'nobody';

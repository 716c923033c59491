/** Something on the page that can't be done, in words for whoever tried. */
export class Refused extends Error {}

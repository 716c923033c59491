const US = /^(?:\+?1)?(\d{3})(\d{3})(\d{4})$/;

/** A bare US number as people read it, `520-555-0100`; whatever else stands in Syncro stays as it is. */
export const phoneText = (phone: string): string => phone.trim().replace(US, '$1-$2-$3');

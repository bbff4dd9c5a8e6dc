// Almost every name is plain ASCII with single spaces, and needs only its case folded.
const plain = /^[\x21-\x7e]+(?: [\x21-\x7e]+)*$/;

// Cf are marks of direction and joining, Cc control characters.
const invisible = /[\p{Cc}\p{Cf}\p{Default_Ignorable_Code_Point}]/gu;

/**
 * The form in which names (munition, lot, site, institution, shipment) are compared: compatible
 * characters and look-alike spaces made one, invisible characters dropped, case folded. The name
 * as written is always kept beside it. Empty when nothing readable is left.
 */
export function normaliseName(name: string): string {
  if (plain.test(name)) return name.toLowerCase();
  return name
    .normalize('NFKC')
    .replace(/\s+/gu, ' ')
    .replace(invisible, '')
    .replace(/ +/g, ' ')
    .trim()
    .toLowerCase() // first, because the capital of "ß" is "SS" but "ẞ" is a capital already
    .toUpperCase()
    .toLowerCase()
    .normalize('NFKC');
}

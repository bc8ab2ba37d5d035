/**
 * A sentence of the server without the permission's id, for people who need not know that there are ids:
 * "You may not see records: records.view on the zone a.example." → "You may not see records on the zone a.example."
 */
export function withoutIds(sentence: string): string {
  return sentence.replace(/: [a-z_]+(?:\.[a-z_]+)+ on /g, ' on ')
}

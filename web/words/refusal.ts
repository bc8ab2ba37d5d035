/** Who could give what is missing: "Anna Berg or Tom Ott can give you this."; of somebody else: "… can give them this." */
export function tellWhoCanGive(names: readonly string[], whom: 'you' | 'them' = 'you'): string | null {
  if (names.length === 0) return null
  const shown = names.slice(0, 3)
  const last = shown.at(-1) ?? ''
  const text = shown.length === 1 ? last : `${shown.slice(0, -1).join(', ')} or ${last}`
  return `${text.charAt(0).toUpperCase()}${text.slice(1)} can give ${whom} this.`
}

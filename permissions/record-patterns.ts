// Names × types, so simple that "is A within B" and "A and B" are decidable. Never a regular expression.

/**
 * - `exact`: this name. A label `*` is the owner of a DNS wildcard itself and matches no other label.
 * - `below`: this name and everything below it, `**.example.com`.
 * - `strictly_below`: everything below it, without itself, `+.example.com`.
 * - `first_label`: any name that starts with this label, `_acme-challenge.**`.
 */
export type NamePattern =
  | { readonly kind: 'exact' | 'below' | 'strictly_below'; readonly labels: readonly string[] }
  | { readonly kind: 'first_label'; readonly label: string }

/** Names and the record types at them; types in capitals, sorted, without doubles. Labels unescaped, case-folded. */
export type RecordPattern = NamePattern & { readonly types: 'all' | readonly string[] }

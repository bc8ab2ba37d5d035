/** large.example with 100,000 records; the last one says so. */
export function largeZoneFile(): string {
  const lines = Array.from({ length: 99_996 }, (_, n) => `host${n} A 192.0.2.${n % 256}`)
  return [
    '$ORIGIN large.example.',
    '$TTL 3600',
    '@ SOA ns1 hostmaster 1 7200 900 1209600 3600',
    '@ NS ns1',
    'ns1 A 192.0.2.53',
    ...lines,
    'last TXT "the last record"',
    '',
  ].join('\n')
}

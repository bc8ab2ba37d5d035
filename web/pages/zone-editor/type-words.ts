/** What a type is for, in a few plain words. */
export const typeWords: Record<string, string> = {
  A: 'Where the name leads: an IPv4 address.',
  AAAA: 'Where the name leads: an IPv6 address.',
  CNAME: 'The name is another name for something. Nothing else may stand beside it.',
  MX: 'Where mail for the name goes.',
  TXT: 'A text that programs read: SPF, DKIM, proofs of ownership.',
  SRV: 'Where a service is found: host and port.',
  CAA: 'Who may issue certificates for the name.',
  NS: 'Which name servers answer for the name and everything below it.',
  PTR: 'The name that an address has.',
  HTTPS: 'How browsers reach the name best.',
  SVCB: 'How a service is reached best.',
  TLSA: 'Which certificate a service shows (DANE).',
  SSHFP: 'The fingerprint of an SSH host key.',
  DS: 'Which key signs the zone below (DNSSEC).',
  DNAME: 'Everything below the name is found elsewhere.',
  NAPTR: 'Rules that rewrite a name, as telephony uses them.',
  SOA: 'How the zone is kept: primary server, mailbox, timings.',
  LOC: 'Where something stands on earth.',
}

/** Offered first, in the order of how often they are needed. */
export const usualTypes = ['A', 'AAAA', 'CNAME', 'MX', 'TXT', 'SRV', 'CAA', 'NS', 'PTR', 'HTTPS']

/**
 * One record. `owner` is a normal name (absolute, final dot, escapes as `parseName` gives them, case as written),
 * `ttl` is in seconds, `rdata` is the uncompressed wire form.
 */
export type ResourceRecord = { owner: string; ttl: number; type: number; rdata: Uint8Array }

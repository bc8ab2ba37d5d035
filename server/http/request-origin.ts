import { Fault } from '../fault.ts'

const safe = new Set(['GET', 'HEAD', 'OPTIONS'])
const loopback = /^(localhost|127(\.\d+){3}|\[::1\])$/

/**
 * Against cross-site requests: a write that comes with a cookie must come from our own page. Browsers send Origin and
 * Sec-Fetch-Site with every write; what sends neither is no browser, and holds its cookie by other means.
 */
export function checkOrigin(request: Request, publicOrigin: string): void {
  if (safe.has(request.method)) return
  const site = request.headers.get('sec-fetch-site')
  if (site !== null && site !== 'same-origin' && site !== 'none') throw foreign()
  const origin = request.headers.get('origin')
  if (origin !== null && !isSameOrigin(origin, publicOrigin)) throw foreign()
}

/** Every name of this machine's loopback is one origin when the public address is on it: 127.0.0.1, localhost, ::1. */
export function isSameOrigin(origin: string, publicOrigin: string): boolean {
  if (origin === publicOrigin) return true
  const theirs = URL.parse(origin)
  const ours = URL.parse(publicOrigin)
  if (!theirs || !ours) return false
  return (
    theirs.protocol === ours.protocol &&
    theirs.port === ours.port &&
    loopback.test(theirs.hostname) &&
    loopback.test(ours.hostname)
  )
}

function foreign(): Fault {
  return new Fault(
    'forbidden',
    'This write came from another site than this server’s own pages (Origin, Sec-Fetch-Site).',
  )
}

import type { Context } from '../context.ts'
import { Fault } from '../fault.ts'

const loopback = /^(localhost|127(\.\d+){3}|\[::1\])$/

/** Session cookies are Secure: browsers keep them over https, and on loopback. Elsewhere nobody signs in over plain http. */
export function refusePlainHttp(context: Context, headers: Headers): void {
  const url = new URL(context.publicOrigin)
  if (url.protocol === 'https:') return
  const asked = URL.parse(`http://${headers.get('host') ?? url.host}`)?.hostname ?? ''
  if (loopback.test(url.hostname) && loopback.test(asked)) return
  throw new Fault(
    'forbidden',
    'Signing in over plain http works on this machine only: give the server TLS (ZONEWARD_TLS_CERT and ZONEWARD_TLS_KEY, or a proxy) and set ZONEWARD_URL to its https address.',
  )
}

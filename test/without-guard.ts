import { registerHooks } from 'node:module'

// For `node --import`: the server without its write guard, so that a test can show what the guard is for. The lock and
// the second decision are taken out of server/database/guard.ts as it is loaded; the file itself stays as it is.
registerHooks({
  load(url, context, nextLoad) {
    const loaded = nextLoad(url, context)
    if (!url.endsWith('/server/database/guard.ts')) return loaded
    return { ...loaded, source: withoutGuard(String(loaded.source)) }
  },
})

const guard = [
  // biome-ignore lint/suspicious/noTemplateCurlyInString: it is looked for in the source
  ['`select pg_advisory_xact_lock_shared(${accessLock(org)})`', "'select 1'"],
  ['if (revision !== decided.seenRevision) await recheck(tx, revision)', 'void [recheck, revision]'],
] as const

function withoutGuard(source: string): string {
  let open = source
  for (const [part, instead] of guard) {
    if (!open.includes(part)) throw new Error(`the write guard has no "${part}" any more: name what it is now`)
    open = open.replace(part, instead)
  }
  return open
}

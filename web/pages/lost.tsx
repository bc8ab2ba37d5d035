import { asFault, Fault } from '../api/fault.ts'
import { usePaths } from '../paths.ts'
import { ButtonLink } from '../ui/button.tsx'
import { Page } from '../ui/page.tsx'
import { Empty, Failure } from '../ui/states.tsx'

/** An address that no page has. */
export function Lost() {
  const paths = usePaths()
  return (
    <main>
      <Page title="There is no such page">
        <Empty
          icon="search"
          title="Nothing lives at this address"
          action={<ButtonLink to={paths.home}>Go to the overview</ButtonLink>}
        >
          The link may be old or mistyped.
        </Empty>
      </Page>
    </main>
  )
}

/**
 * A page that could not be drawn; the rest of the app goes on. It may stand inside another page's frame, so it has no
 * head of its own. A part that cannot be loaded is most often one of an older version: the whole app is loaded again.
 */
export function Broken({ error, onRetry }: { error: unknown; onRetry: () => void }) {
  const old = error instanceof TypeError && /module/i.test(error.message)
  const fault = old
    ? new Fault({
        code: 'internal',
        detail: 'This part of the app cannot be loaded; it may have been renewed meanwhile.',
      })
    : asFault(error)
  return (
    <div className="px-4 py-5 sm:px-6">
      <Failure fault={fault} onRetry={old ? () => window.location.reload() : onRetry} />
    </div>
  )
}

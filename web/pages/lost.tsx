import { asFault } from '../api/fault.ts'
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

/** A page that could not be drawn; the rest of the app goes on. */
export function Broken({ error, onRetry }: { error: unknown; onRetry: () => void }) {
  return (
    <Page title="This page failed">
      <Failure fault={asFault(error)} onRetry={onRetry} />
    </Page>
  )
}

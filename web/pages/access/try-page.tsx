import { TryIt } from '../../access/try-it.tsx'
import { pathsFrom } from '../../paths.ts'
import { useMe } from '../../session/use-me.ts'
import { Page } from '../../ui/page.tsx'

const paths = pathsFrom('')

/** May somebody do something somewhere, and why? Asked of the same core that decides every request. */
export function TryPage() {
  const { organization } = useMe()
  return (
    <Page
      title="Try it"
      lead="May somebody do something somewhere, and why? The answer is the one that every request gets."
      crumbs={[{ label: 'Access', to: paths.access }]}
    >
      {organization ? <TryIt place={{ kind: 'organization', id: organization.id, name: organization.name }} /> : null}
    </Page>
  )
}

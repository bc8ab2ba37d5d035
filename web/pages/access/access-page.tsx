import { AccessTabs } from '../../access/access-tabs.tsx'
import { useRefusal } from '../../access/use-refusal.ts'
import { useMe } from '../../session/use-me.ts'
import { Page } from '../../ui/page.tsx'
import { Empty } from '../../ui/states.tsx'

/** Who has what in the whole organization. */
export function AccessPage() {
  const { organization, permissions } = useMe()
  const id = organization?.id ?? ''
  const everywhere = permissions['grants.view']?.includes('organization') === true
  const refusal = useRefusal(
    { 'grants.manage': permissions['grants.manage']?.includes('organization') === true },
    'grants.manage',
    { kind: 'organization', id },
  )
  return (
    <Page
      title="Access"
      lead="Who has what in the whole organization. Access on one customer, provider or zone stands on its own page."
    >
      {organization && everywhere ? (
        <AccessTabs place={{ kind: 'organization', id, name: organization.name }} refusal={refusal} />
      ) : (
        <Empty icon="access" title="You see access on single places">
          Open a customer, a provider or a zone that you manage to see who has what there.
        </Empty>
      )}
    </Page>
  )
}

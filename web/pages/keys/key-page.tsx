import { useParams } from '@tanstack/react-router'
import { usePages } from '../../api/use-call.ts'
import { usePaths } from '../../paths.ts'
import { holds, useMe } from '../../session/use-me.ts'
import { Page } from '../../ui/page.tsx'
import { Loaded } from '../../ui/states.tsx'
import { KeyAccess } from './key-access.tsx'

/** One key: its limits, and what it can do now. */
export function KeyPage() {
  const { keyId = '' } = useParams({ strict: false }) as { keyId?: string }
  const paths = usePaths()
  const me = useMe()
  const everyone = me.realm === 'staff' && holds(me, 'api_keys.manage')
  const keys = usePages('api_keys.list', { query: { owner: everyone ? 'everyone' : 'me', limit: 1000 } })
  const key = keys.items.find(({ id }) => id === keyId)
  return (
    <Page
      title={key ? `The key ${key.name}` : 'An API key'}
      lead={`What it can do at this moment: what ${key ? key.owner.name : 'its owner'} may, within its own limits.`}
      crumbs={[
        ...(me.realm === 'staff' ? [{ label: 'Developer', to: paths.keys }] : []),
        { label: 'API keys', to: paths.keys },
      ]}
    >
      <Loaded query={keys}>{() => <KeyAccess keyId={keyId} />}</Loaded>
    </Page>
  )
}

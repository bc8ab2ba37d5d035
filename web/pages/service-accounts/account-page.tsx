import { useParams } from '@tanstack/react-router'
import type { ItemOf } from '@zoneward/api/types'
import { usePages } from '../../api/use-call.ts'
import { pathsFrom } from '../../paths.ts'
import { Page } from '../../ui/page.tsx'
import { Empty, Loaded } from '../../ui/states.tsx'
import { AccountKeys } from './account-keys.tsx'
import { AccountRoles } from './account-roles.tsx'
import { AccountSettings } from './account-settings.tsx'

export type ServiceAccount = ItemOf<'service_accounts.list'>

/** One service account: its roles, its keys, its name. */
export function AccountPage() {
  const { accountId = '' } = useParams({ strict: false }) as { accountId?: string }
  const accounts = usePages('service_accounts.list', { query: { limit: 1000 } })
  const account = accounts.items.find(({ id }) => id === accountId)
  const paths = pathsFrom('')
  return (
    <Page
      title={account?.name ?? 'Service account'}
      lead={account?.description || undefined}
      crumbs={[
        { label: 'Developer', to: paths.keys },
        { label: 'Service accounts', to: paths.serviceAccounts },
      ]}
    >
      <Loaded query={accounts}>
        {() =>
          account ? (
            <>
              <AccountRoles account={account} />
              <AccountKeys account={account} />
              <AccountSettings key={account.id} account={account} />
            </>
          ) : (
            <Empty icon="robot" title="There is no such service account" />
          )
        }
      </Loaded>
    </Page>
  )
}

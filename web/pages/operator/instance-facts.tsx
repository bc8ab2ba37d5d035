import type { AnswerOf } from '@zoneward/api/types'
import { Card, Facts } from '../../ui/page.tsx'

/** How this server is set up; changed in its settings where it runs, not here. */
export function InstanceFacts({ instance }: { instance: AnswerOf<'operator.read'> }) {
  const { version, database, public_url, dns_port, trusted_proxies, mail, counts } = instance
  const many = (value: number) => value.toLocaleString('en')
  return (
    <Card title="This server" lead="Set where it is started, through the environment.">
      <Facts
        facts={[
          ['Organizations', 'are made here, by you'],
          ['Version', version],
          ['Database', `PostgreSQL ${database.version}${database.embedded ? ', brought along' : ''}`],
          [
            'Public address',
            <span key="url" className="font-mono text-sm">
              {public_url}
            </span>,
          ],
          ['Name server', `port ${dns_port}`],
          ['Trusted proxies', trusted_proxies.join(', ') || 'none'],
          ['Mail', mail.sends ? 'is sent' : 'is not sent: links are shown instead'],
          [
            'In it',
            `${many(counts.organizations)} organizations, ${many(counts.zones)} zones, ${many(counts.records)} records`,
          ],
          ['Accounts', `${many(counts.accounts)} of staff, ${many(counts.client_users)} of clients`],
        ]}
      />
    </Card>
  )
}

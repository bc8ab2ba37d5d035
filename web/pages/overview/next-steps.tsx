import type { AnswerOf } from '@zoneward/api/types'
import { pathsFrom } from '../../paths.ts'
import { Badge } from '../../ui/badge.tsx'
import { TextLink } from '../../ui/link.tsx'
import { Card } from '../../ui/page.tsx'

type Step = AnswerOf<'dashboard.read'>['next_steps'][number]

const paths = pathsFrom('')
const words: Record<Step['id'], { title: string; sentence: string; to: string }> = {
  add_provider: {
    title: 'Add a provider',
    sentence: 'Where zones live; the built-in one answers DNS by itself.',
    to: paths.providers,
  },
  import_zones: {
    title: 'Import your zones',
    sentence: 'Drop the zone files you have; each is checked before anything is written.',
    to: paths.zoneImport,
  },
  add_customer: {
    title: 'Add a customer',
    sentence: 'Each has a portal of its own and sees only what is assigned to it.',
    to: paths.customers,
  },
  invite_client: {
    title: 'Invite a client',
    sentence: 'You see the exact access before the invitation is sent.',
    to: paths.invitations,
  },
  create_key: {
    title: 'Make an API key',
    sentence: 'For scripts and certificates, never wider than you are.',
    to: paths.keys,
  },
}

/** The first steps, gone once all are done. */
export function NextSteps({ steps }: { steps: Step[] }) {
  if (steps.every(({ done }) => done)) return null
  return (
    <Card title="Next steps">
      <ol className="grid divide-y divide-line">
        {steps.map(({ id, done }) => (
          <li key={id} className="flex flex-wrap items-center justify-between gap-x-4 gap-y-1 py-2.5">
            <div>
              {done ? (
                <span className="text-muted">{words[id].title}</span>
              ) : (
                <TextLink to={words[id].to} className="font-medium">
                  {words[id].title}
                </TextLink>
              )}
              <p className="text-muted">{words[id].sentence}</p>
            </div>
            <Badge tone={done ? 'good' : 'neutral'} icon={done ? 'check' : 'clock'}>
              {done ? 'Done' : 'To do'}
            </Badge>
          </li>
        ))}
      </ol>
    </Card>
  )
}

import { useNavigate } from '@tanstack/react-router'
import { useState } from 'react'
import { CustomerField, ProviderField } from '../../forms/place-fields.tsx'
import { pathsFrom } from '../../paths.ts'
import { Button, ButtonLink } from '../../ui/button.tsx'
import { FilePick } from '../../ui/file-pick.tsx'
import { Card, Page } from '../../ui/page.tsx'
import { count } from '../../words/times.ts'
import { canImport } from './candidate.ts'
import { CandidateList } from './candidate-list.tsx'
import { PasteZone } from './paste-zone.tsx'
import { useImport } from './use-import.ts'

const paths = pathsFrom('')

/** Several zone files at once: each is read and checked, then each good one becomes a zone. */
export function ZoneImport() {
  const [provider, setProvider] = useState('')
  const [customer, setCustomer] = useState('')
  const navigate = useNavigate()
  const { candidates, add, rename, remove, write, running } = useImport()
  const ready = candidates.filter(canImport)
  const made = candidates.filter(({ state }) => state.step === 'made')
  const start = () => void write(provider, customer || null)
  return (
    <Page
      title="Import zone files"
      lead="Each file is checked first. Nothing is written until you say so, and a file with an error is written not at all."
      crumbs={[{ label: 'Zones', to: paths.zones }]}
      width="read"
    >
      <FilePick multiple label="Choose zone files" hint="or drop them here; several at once" onTexts={add} />
      <PasteZone onText={add} />
      {candidates.length > 0 ? (
        <>
          <CandidateList candidates={candidates} onRename={rename} onRemove={remove} />
          <Card title="Where they go">
            <div className="grid gap-4 sm:grid-cols-2">
              <ProviderField value={provider} onChange={setProvider} />
              <CustomerField value={customer} onChange={setCustomer} />
            </div>
          </Card>
          <div className="flex flex-wrap items-center justify-end gap-3">
            <p role="status" className="text-muted">
              {running
                ? `Writing ${count(ready.length, 'more zone')}`
                : made.length > 0
                  ? `${count(made.length, 'zone')} imported`
                  : ''}
            </p>
            {made.length > 0 && ready.length === 0 ? (
              <ButtonLink kind="primary" to={paths.zones}>
                Go to the zones
              </ButtonLink>
            ) : (
              <Button
                kind="primary"
                icon="upload"
                busy={running}
                refusal={refusalOf(ready.length, provider)}
                onClick={start}
              >
                Import {count(ready.length, 'zone')}
              </Button>
            )}
          </div>
        </>
      ) : (
        <div className="flex justify-end">
          <Button kind="quiet" onClick={() => void navigate({ to: paths.zones } as never)}>
            Back to the zones
          </Button>
        </div>
      )}
    </Page>
  )
}

function refusalOf(ready: number, provider: string): string | null {
  if (ready === 0) return 'No file is ready to be imported.'
  return provider === '' ? 'Choose a provider first.' : null
}

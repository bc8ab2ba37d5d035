import { Combobox } from '@base-ui/react/combobox'
import { useId, useState } from 'react'
import { Icon } from '../ui/icons.tsx'

export type Choice = { id: string; name: string; detail?: string /** The heading it stands under. */; group?: string }

type PickProps = {
  label: string
  value: Choice | null
  onChange: (choice: Choice | null) => void
  /** What fits the words typed so far; the asker searches, so that a million things can be chosen from. */
  choices: Choice[]
  onSearch: (words: string) => void
  loading?: boolean
  placeholder?: string
  hint?: string | undefined
  error?: string | undefined
}

/** Chooses one of many by typing; the list is what the server found. */
export function Pick({ label, value, onChange, choices, onSearch, loading, placeholder, hint, error }: PickProps) {
  const id = useId()
  const [words, setWords] = useState('')
  const [open, setOpen] = useState(false)
  const shown = value && words === '' && !choices.some((each) => each.id === value.id) ? [value, ...choices] : choices
  const help = error ?? hint
  return (
    <div className="grid gap-1">
      <label htmlFor={id} className="font-medium">
        {label}
      </label>
      <Combobox.Root
        items={groupsOf(shown)}
        value={value}
        onValueChange={(choice: Choice | null) => onChange(choice)}
        itemToStringLabel={(choice: Choice) => choice.name}
        isItemEqualToValue={(one: Choice, other: Choice) => one.id === other.id}
        filter={null}
        autoHighlight
        onOpenChange={(next) => setOpen(next)}
        onInputValueChange={(text, { reason }) => {
          const next = reason === 'item-press' ? '' : text
          setWords(next)
          onSearch(next)
        }}
      >
        <Combobox.InputGroup className="relative">
          <Combobox.Input
            id={id}
            placeholder={placeholder}
            // With the list closed Escape is the dialog's: what was chosen stays.
            onKeyDown={(event) => {
              if (event.key === 'Escape' && !open) event.preventBaseUIHandler()
            }}
            aria-invalid={error ? true : undefined}
            aria-describedby={help ? `${id}-help` : undefined}
            className="min-h-9 w-full rounded-md border border-edge bg-surface py-1.5 pr-9 pl-3 text-ink aria-invalid:border-bad"
          />
          <Combobox.Trigger
            aria-label={`Show choices for ${label}`}
            className="absolute inset-y-0 right-0 grid w-9 place-items-center text-muted"
          >
            <Icon name="down" className="size-3.5" />
          </Combobox.Trigger>
        </Combobox.InputGroup>
        <Combobox.Portal>
          <Combobox.Positioner sideOffset={4} className="z-[60] outline-none">
            <Combobox.Popup className="max-h-[min(20rem,var(--available-height))] w-[max(var(--anchor-width),16rem)] max-w-[var(--available-width)] overflow-y-auto rounded-lg border border-line bg-raised p-1 text-ink shadow-xl">
              <Combobox.Status>
                {loading ? <p className="px-2.5 py-1.5 text-muted">Searching …</p> : null}
              </Combobox.Status>
              <Combobox.Empty>
                {loading ? null : <p className="px-2.5 py-1.5 text-muted">Nothing fits these letters.</p>}
              </Combobox.Empty>
              <Combobox.List>{(group: ChoiceGroup) => <Group key={group.value} group={group} />}</Combobox.List>
            </Combobox.Popup>
          </Combobox.Positioner>
        </Combobox.Portal>
      </Combobox.Root>
      {help ? (
        <p id={`${id}-help`} className={`text-sm ${error ? 'text-bad' : 'text-muted'}`}>
          {help}
        </p>
      ) : null}
    </div>
  )
}

type ChoiceGroup = { value: string; items: Choice[] }

function groupsOf(choices: Choice[]): ChoiceGroup[] {
  const names = [...new Set(choices.map(({ group }) => group ?? ''))]
  return names.map((value) => ({ value, items: choices.filter(({ group }) => (group ?? '') === value) }))
}

function Group({ group }: { group: ChoiceGroup }) {
  return (
    <Combobox.Group items={group.items}>
      {group.value === '' ? null : (
        <Combobox.GroupLabel className="px-2.5 pt-1.5 pb-0.5 text-sm text-muted">{group.value}</Combobox.GroupLabel>
      )}
      <Combobox.Collection>
        {(choice: Choice) => (
          <Combobox.Item
            key={choice.id}
            value={choice}
            className="cursor-default rounded px-2.5 py-1.5 outline-none select-none data-[highlighted]:bg-hover data-[selected]:font-medium"
          >
            <span className="block break-words">{choice.name}</span>
            {choice.detail ? <span className="block text-sm break-words text-muted">{choice.detail}</span> : null}
          </Combobox.Item>
        )}
      </Combobox.Collection>
    </Combobox.Group>
  )
}

import type { Ref } from 'react'
import { Button } from '../../ui/button.tsx'
import { FilterSelect } from '../../ui/field.tsx'
import { SearchBox } from '../../ui/search-box.tsx'

type ToolbarProps = {
  search: Ref<HTMLDivElement>
  text: string
  type: string
  types: readonly string[]
  refusal: string | null
  onText: (text: string) => void
  onType: (type: string) => void
  onAdd: () => void
}

export function Toolbar({ search, text, type, types, refusal, onText, onType, onAdd }: ToolbarProps) {
  const offered = type !== '' && !types.includes(type) ? [type, ...types] : types
  return (
    <div className="flex flex-wrap items-center gap-2">
      <div ref={search} className="flex min-w-48 flex-1">
        <SearchBox label="Filter records" value={text} onChange={onText} />
      </div>
      <FilterSelect label="Show" value={type} onChange={(event) => onType(event.target.value)}>
        <option value="">All records</option>
        {offered.map((one) => (
          <option key={one} value={one}>
            {one}
          </option>
        ))}
      </FilterSelect>
      <Button kind="primary" icon="plus" refusal={refusal} title="n" onClick={onAdd}>
        Add record
      </Button>
    </div>
  )
}

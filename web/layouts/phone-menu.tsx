import { Dialog } from '../ui/dialog.tsx'
import type { Section } from './menus.ts'
import { Places } from './places.tsx'
import { Switchers } from './switchers.tsx'

type PhoneMenuProps = {
  title: string
  subtitle: string | undefined
  sections: Section[]
  home: string
  onClose: () => void
}

/** The places as a drawer, where there is no room beside the page. */
export function PhoneMenu({ title, subtitle, sections, home, onClose }: PhoneMenuProps) {
  return (
    <Dialog open onClose={onClose} title={title} description={subtitle} shape="side">
      <div className="flex flex-wrap gap-2 px-2 pb-2 empty:hidden">
        <Switchers />
      </div>
      <Places sections={sections} home={home} label="Places" />
    </Dialog>
  )
}

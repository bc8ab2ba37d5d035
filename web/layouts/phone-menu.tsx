import { Dialog } from '../ui/dialog.tsx'
import type { Section } from './menus.ts'
import { Places } from './places.tsx'

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
      <Places sections={sections} home={home} label="Places" />
    </Dialog>
  )
}

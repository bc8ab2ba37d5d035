export const themes = ['system', 'light', 'dark'] as const
export type Theme = (typeof themes)[number]

export function readTheme(): Theme {
  const wish = localStorage.getItem('zoneward-theme')
  return wish === 'light' || wish === 'dark' ? wish : 'system'
}

/** Kept in this browser only; theme.js listens and applies it. */
export function writeTheme(theme: Theme) {
  if (theme === 'system') localStorage.removeItem('zoneward-theme')
  else localStorage.setItem('zoneward-theme', theme)
  window.dispatchEvent(new Event('zoneward-theme'))
}

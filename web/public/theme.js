// Runs before the first paint, as its own file because the content security policy allows no inline script.
;(() => {
  const root = document.documentElement
  const dark = matchMedia('(prefers-color-scheme: dark)')
  const apply = () => {
    let wish = null
    try {
      wish = localStorage.getItem('zoneward-theme')
    } catch {
      // Storage may be forbidden; the system's wish is then the answer.
    }
    root.dataset.theme = wish === 'dark' || wish === 'light' ? wish : dark.matches ? 'dark' : 'light'
  }
  apply()
  root.dataset.layout = location.pathname.startsWith('/portal/') ? 'portal' : 'console'
  dark.addEventListener('change', apply)
  addEventListener('storage', apply)
  addEventListener('zoneward-theme', apply)
})()

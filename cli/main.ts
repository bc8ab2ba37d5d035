import { runZoneward } from './run-zoneward.ts'

process.exitCode = await runZoneward(process.argv.slice(2), {
  env: process.env,
  stdin: process.stdin,
  out: (text) => void process.stdout.write(text),
  err: (text) => void process.stderr.write(text),
})

import { createSocket } from 'node:dgram'

import { createServer } from 'node:net'
import { createTransport } from 'nodemailer'
import type { Config } from '../config.ts'
import { type Finding, fine, problem } from './doctor.ts'

export async function checkOutside(config: Config): Promise<Finding[]> {
  return [...(await ports(config)), await mail(config)]
}

async function ports({ host, port, dnsPort, tls }: Config): Promise<Finding[]> {
  const scheme = tls ? 'https' : 'http'
  const own = await isOurs(`${scheme}://${host.includes(':') ? `[${host}]` : host}:${port}/healthz`)
  if (own) return [fine('ports', `a server answers on port ${port}`)]
  const tried = await Promise.all([tcp(host, port), tcp(host, dnsPort), udp(host, dnsPort)])
  const names = [`ZONEWARD_PORT ${port}`, `ZONEWARD_DNS_PORT ${dnsPort} (TCP)`, `ZONEWARD_DNS_PORT ${dnsPort} (UDP)`]
  const wrong = tried.flatMap((error, index) =>
    error ? [problem('ports', `${names[index]}: ${error.message}`, mendPort(error))] : [],
  )
  return wrong.length > 0 ? wrong : [fine('ports', `${port} and ${dnsPort} are free`)]
}

function mendPort(error: NodeJS.ErrnoException): string {
  if (error.code === 'EACCES') return 'ports below 1024 are for root: sysctl net.ipv4.ip_unprivileged_port_start=53'
  if (error.code === 'EADDRNOTAVAIL') return 'set ZONEWARD_HOST to an address of this machine'
  return 'stop the program that has it, or choose another port'
}

async function isOurs(url: string): Promise<boolean> {
  try {
    const answer = await fetch(url, { signal: AbortSignal.timeout(3_000) })
    return answer.ok
  } catch {
    return false
  }
}

function tcp(host: string, port: number): Promise<NodeJS.ErrnoException | null> {
  const server = createServer()
  return new Promise((resolve) => {
    server.once('error', resolve)
    server.listen({ host, port }, () => server.close(() => resolve(null)))
  })
}

function udp(address: string, port: number): Promise<NodeJS.ErrnoException | null> {
  const socket = createSocket(address.includes(':') ? 'udp6' : 'udp4')
  return new Promise((resolve) => {
    socket.once('error', (error) => {
      socket.close()
      resolve(error)
    })
    socket.bind({ address, port }, () => socket.close(() => resolve(null)))
  })
}

async function mail({ smtpUrl, dataFolder }: Config): Promise<Finding> {
  if (smtpUrl === null)
    return fine('mail', `no SMTP_URL: mails go to ${dataFolder}/outbox, and inviters get the links to hand on`)
  const { hostname } = new URL(smtpUrl)
  const transport = createTransport({
    url: smtpUrl,
    connectionTimeout: 5_000,
    greetingTimeout: 5_000,
    socketTimeout: 5_000,
  })
  try {
    await transport.verify()
    return fine('mail', `${hostname} takes mail`)
  } catch (error) {
    return problem(
      'mail',
      `${hostname}: ${error instanceof Error ? error.message : error}`,
      'correct SMTP_URL, or start the mail server',
    )
  } finally {
    transport.close()
  }
}

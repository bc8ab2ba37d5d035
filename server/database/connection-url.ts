import type pg from 'pg'

/** Who connects. */
export interface Login {
  user: string
  password: string
}

/** Where a database is, for any login. */
export interface Place {
  connect(login: Login): pg.ClientConfig
}

/** The place that DATABASE_URL names: everything in it but the user and the password. */
export function placeOfUrl(url: string): Place {
  const parts = /^(postgres(?:ql)?:\/\/)(?:[^/?#@]*@)?([^?]*)(?:\?(.*))?$/i.exec(url)
  const options = new URLSearchParams(parts?.[3] ?? '')
  for (const name of ['user', 'password', 'application_name']) options.delete(name)
  const rest = `${parts?.[2] ?? ''}${options.size > 0 ? `?${options}` : ''}`
  return {
    connect: ({ user, password }) => ({
      connectionString: `${parts?.[1]}${encodeURIComponent(user)}:${encodeURIComponent(password)}@${rest}`,
    }),
  }
}

export function placeOfSocket(host: string, port: number, database: string): Place {
  return { connect: (login) => ({ host, port, database, ...login }) }
}

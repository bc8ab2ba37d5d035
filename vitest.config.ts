import { defineConfig } from 'vitest/config'

// One project for the quick, pure suites and one for those that share the machine with a database, name servers or
// a browser; the second runs few files at a time, so that two cores are not asked for ten browsers.
const slow = ['server/**/*.test.ts', 'cli/**/*.test.ts', 'e2e/**/*.test.ts', 'test/**/*.test.ts']
const quick = [
  'permissions/**/*.test.ts',
  'dns/**/*.test.ts',
  'nameserver/**/*.test.ts',
  'api/**/*.test.ts',
  'web/**/*.test.ts',
  'test/house.test.ts',
  'test/capabilities.test.ts',
  'test/printed-docs.test.ts',
]

export default defineConfig({
  test: {
    testTimeout: 30_000,
    hookTimeout: 120_000,
    reporters: ['default'],
    projects: [
      { extends: true, test: { name: 'cores', include: quick } },
      {
        extends: true,
        test: {
          name: 'product',
          include: slow,
          exclude: quick,
          globalSetup: ['test/global-setup.ts'],
          maxWorkers: 2,
        },
      },
    ],
  },
})

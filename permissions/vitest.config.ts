// For mutation testing: mutants make tests slow, and a test that is late has found nothing.
export default { test: { testTimeout: 120_000 } }

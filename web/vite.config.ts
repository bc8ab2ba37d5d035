import tailwind from '@tailwindcss/vite'
import react from '@vitejs/plugin-react'
import { defineConfig } from 'vite'

// The policy of the server allows nothing inline, so fonts and small images stay files of their own.
export default defineConfig({
  root: import.meta.dirname,
  plugins: [react(), tailwind()],
  server: { host: '127.0.0.1', fs: { deny: ['data'] } },
  preview: { host: '127.0.0.1' },
  build: {
    target: 'es2023',
    outDir: 'dist',
    emptyOutDir: true,
    assetsInlineLimit: 0,
    modulePreload: { polyfill: false },
    reportCompressedSize: false,
  },
})

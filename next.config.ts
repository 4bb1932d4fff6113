import type { NextConfig } from 'next';

/** What every answer carries, page, file or JSON. The policy of scripts and styles differs per answer: see proxy.ts. */
const HEADERS = {
  // Next's development server sends a script of its own as JSON, which a browser would then refuse.
  ...(process.env.NODE_ENV === 'development' ? {} : { 'X-Content-Type-Options': 'nosniff' }),
  'Referrer-Policy': 'same-origin',
  'Cross-Origin-Opener-Policy': 'same-origin',
  'Cross-Origin-Resource-Policy': 'same-origin',
  'Permissions-Policy':
    'camera=(), microphone=(), geolocation=(), payment=(), usb=(), display-capture=(), browsing-topics=()',
};

const config: NextConfig = {
  // PGlite loads its WebAssembly and data files from its own folder; bundling would lose them.
  serverExternalPackages: ['@electric-sql/pglite', 'pino'],
  poweredByHeader: false,
  headers: async () => [
    { source: '/:path*', headers: Object.entries(HEADERS).map(([key, value]) => ({ key, value })) },
  ],
  // Browsers ask for it by this name whenever they have not read the page's own link yet.
  rewrites: async () => [{ source: '/favicon.ico', destination: '/icon.svg' }],
  reactStrictMode: true,
  // `npm run check` does both, once, for the whole project.
  typescript: { ignoreBuildErrors: true },
  experimental: { optimizePackageImports: ['@mantine/core', '@mantine/hooks', '@tabler/icons-react'] },
};

export default config;

import type { Metadata, Viewport } from 'next';
import { cookies } from 'next/headers';
import type { ReactNode } from 'react';
import './globals.css';

export const metadata: Metadata = {
  title: { default: '村分', template: '%s · 村分' },
  description: '村里的好事记下来，核实了，大家看得见。',
  applicationName: '村分',
  manifest: '/manifest.webmanifest',
  icons: {
    icon: [
      { url: '/favicon.ico', sizes: '32x32' },
      { url: '/icon.svg', type: 'image/svg+xml' },
    ],
    apple: '/apple-touch-icon.png',
  },
  formatDetection: { telephone: false, date: false, address: false },
  referrer: 'same-origin',
  robots: { index: false },
};

export const viewport: Viewport = {
  width: 'device-width',
  initialScale: 1,
  themeColor: '#faf8f3',
};

/** The one root: language, look, and the text size this browser asked for. */
export default async function RootLayout({ children }: { children: ReactNode }) {
  const large = (await cookies()).get('text')?.value === 'large';
  return (
    <html lang="zh-CN" data-text={large ? 'large' : undefined}>
      <body>{children}</body>
    </html>
  );
}

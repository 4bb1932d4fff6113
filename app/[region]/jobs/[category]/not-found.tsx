'use client';

import { useParams } from 'next/navigation';
import { JobNotFound } from '@/components/jobs/detail/job-not-found';

/** The address names no job. The reason is read from the address, which is all there is. */
export default function NotFound() {
  const { region, category, name } = useParams<{ region: string; category: string; name: string }>();
  return <JobNotFound region={region} category={category} name={name} />;
}

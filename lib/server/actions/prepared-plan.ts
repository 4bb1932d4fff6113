import 'server-only';
import type { NameFact } from '@/lib/actions/check-common';
import type { PlanResponse } from '@/lib/contract/actions';
import type { Scope } from '../catalog/scopes-store';
import type { NameHolder } from './find-name';
import type { PlanSubject } from './plan-token';

/** A plan, with what createJob needs beside what a person sees. */
export interface PreparedPlan {
  plan: PlanResponse;
  subject: PlanSubject;
  scope: Scope;
  name: NameFact;
  holder: NameHolder;
}

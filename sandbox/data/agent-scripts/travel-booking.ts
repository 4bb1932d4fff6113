import type { AgentScript } from './agent-script';

export const travelBooking: AgentScript = {
  system:
    'You book trips for employees. Stay inside the travel policy, prefer trains below five hours, and never book without confirming dates and budget.',
  prompts: [
    '{name} needs to be in {city} on {date} by noon and back the next evening. Budget {budget} EUR.',
    'Rebook {name} from {city}: the meeting moved to {date}. Keep the hotel near the venue, budget {budget} EUR.',
    'Find {name} a room in {city} for three nights from {date}, quiet, with a desk, at most {budget} EUR in all.',
  ],
  slots: (rng) => ({
    name: rng.pick(['Ms Okafor', 'Mr Lindqvist', 'Dr Tanaka', 'Ms Moreau']),
    city: rng.pick(['Lyon', 'Utrecht', 'Graz', 'Porto', 'Gdańsk', 'Zürich']),
    date: `2026-12-${String(rng.whole(1, 18)).padStart(2, '0')}`,
    budget: String(rng.whole(3, 14) * 50),
    offer: `OF${rng.whole(1_000, 9_999)}`,
  }),
  tools: [
    {
      name: 'search_trains',
      thought: 'A train first, as the policy asks.',
      args: (_, { city = '', date = '' }) => ({ to: city, date, arrive_before: '12:00' }),
      result: (rng, { offer = '' }) => ({
        offers: [{ offer_id: offer, price_eur: rng.whole(39, 240), changes: rng.whole(0, 2), hours: rng.whole(2, 7) }],
      }),
      failure: 'upstream timetable service answered 502',
    },
    {
      name: 'search_flights',
      thought: 'The train takes too long; let me compare a flight.',
      args: (_, { city = '', date = '' }) => ({ to: city, date, cabin: 'economy' }),
      result: (rng) => ({ offers: [{ offer_id: `FL${rng.whole(100, 999)}`, price_eur: rng.whole(90, 520) }] }),
      failure: 'rate limit of the fare provider reached',
    },
    {
      name: 'check_policy',
      thought: 'Is this inside the policy?',
      args: (_, { budget = '' }) => ({ kind: 'trip', amount_eur: Number(budget) }),
      result: (rng) => ({ allowed: rng.chance(0.8), rule: `travel-${rng.whole(1, 12)}` }),
      failure: 'policy service timed out after 30 s',
    },
    {
      name: 'book',
      thought: 'Dates and budget are confirmed, so I book.',
      args: (_, { offer = '' }) => ({ offer_id: offer, confirm: true }),
      result: (rng) => ({ booking: rng.alphanumeric(6).toUpperCase(), state: 'confirmed' }),
      failure: 'offer expired',
    },
  ],
  solved: [
    '{name} is booked to {city} for {date}, arriving before noon and inside the budget of {budget} EUR. The papers are in the calendar entry.',
  ],
  missed: [
    'I booked a flight to {city}; it is above the budget of {budget} EUR.',
    'There is no connection to {city} on {date}.',
    'Please choose one of the offers yourself.',
  ],
};

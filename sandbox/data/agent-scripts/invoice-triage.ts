import type { AgentScript } from './agent-script';

export const invoiceTriage: AgentScript = {
  system:
    'You sort incoming invoices: match them to purchase orders, flag what does not add up, and route the rest to the right cost centre.',
  prompts: [
    'Invoice {invoice} of {vendor} over {amount} EUR came in without a purchase order. Decide what to do.',
    'Invoice {invoice}: {vendor} bills {amount} EUR, purchase order {po} says less. Check and route it.',
    '{vendor} sent invoice {invoice} a second time. Is it a duplicate?',
  ],
  slots: (rng) => ({
    invoice: `INV-${rng.whole(20_000, 29_999)}`,
    vendor: rng.pick(['Nordlicht Druck', 'Casa Verde Catering', 'Brightwell Tools', 'Kite & Sons']),
    amount: `${rng.whole(90, 8_900)}.00`,
    po: `PO-${rng.whole(4_000, 4_999)}`,
    centre: String(rng.whole(100, 480)),
  }),
  tools: [
    {
      name: 'read_invoice',
      thought: 'The document first.',
      args: (_, { invoice = '' }) => ({ invoice_id: invoice }),
      result: (rng, { vendor = '', amount = '' }) => ({
        vendor,
        net_eur: Math.round(Number(amount) * 84) / 100,
        gross_eur: Number(amount),
        lines: rng.whole(1, 9),
      }),
      failure: 'the scan could not be read',
    },
    {
      name: 'find_purchase_order',
      thought: 'Is there an order behind it?',
      args: (_, { vendor = '' }) => ({ vendor }),
      result: (rng, { po = '', amount = '' }) => [{ po, open_eur: Math.round(Number(amount) * rng.between(0.6, 1.3)) }],
      failure: 'erp answered 503',
    },
    {
      name: 'find_duplicates',
      thought: 'The same amount may have been billed before.',
      args: (_, { invoice = '' }) => ({ invoice_id: invoice, window_days: 120 }),
      result: (rng) => ({ duplicates: rng.chance(0.3) ? [`INV-${rng.whole(10_000, 19_999)}`] : [] }),
      failure: 'erp answered 503',
    },
    {
      name: 'route',
      thought: 'All of it fits; it can go to the cost centre.',
      args: (_, { invoice = '', centre = '' }) => ({ invoice_id: invoice, cost_centre: centre, action: 'approve' }),
      result: () => ({ routed: true }),
      failure: 'cost centre is closed',
    },
  ],
  solved: ['{invoice} matches {po} and went to cost centre {centre} for approval.'],
  missed: ['{invoice} approved.', 'I could not find {po}; {invoice} was left where it was.'],
};

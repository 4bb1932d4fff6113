import type { AgentScript } from './agent-script';

export const supportDesk: AgentScript = {
  system:
    'You answer customers of an outdoor equipment shop. Look orders up before you promise anything. Refunds above 200 EUR need a note. Close the ticket when the customer is helped.',
  prompts: [
    'Ticket {ticket}: "My order {order} says delivered but nothing came. I leave on Friday. — {customer}"',
    'Ticket {ticket}: "The {item} from order {order} arrived with a torn seam. Can I get another one? — {customer}"',
    'Ticket {ticket}: "I was charged twice for order {order}. Please fix this <b>today</b>. — {customer}"',
    'Ticket {ticket}: "Can I still change the size of the {item} in order {order}? — {customer}"',
  ],
  slots: (rng) => ({
    ticket: `T-${rng.whole(10_000, 99_999)}`,
    order: `A${rng.whole(100_000, 999_999)}`,
    item: rng.pick(['rain jacket', 'two-person tent', 'climbing harness', 'trail shoes', 'down sleeping bag']),
    customer: rng.pick(['Jonas', 'Amélie', 'Priya', 'Wen', 'Sofía', 'Łukasz']),
    amount: `${rng.whole(18, 340)}.${rng.whole(10, 99)}`,
  }),
  tools: [
    {
      name: 'lookup_ticket',
      thought: 'First the ticket itself, to see what was said before.',
      args: (_, { ticket = '' }) => ({ ticket_id: ticket }),
      result: (rng, { ticket = '', customer = '' }) => ({
        ticket_id: ticket,
        customer,
        status: 'open',
        previous_contacts: rng.whole(0, 3),
      }),
      failure: "KeyError: 'ticket_id'",
    },
    {
      name: 'get_order',
      thought: 'The order tells where the parcel is and what was paid.',
      args: (_, { order = '' }) => ({ order_id: order }),
      result: (rng, { order = '', item = '', amount = '' }) => ({
        order_id: order,
        items: [{ name: item, quantity: 1 }],
        total_eur: Number(amount),
        state: rng.pick(['in_transit', 'delivered', 'packed']),
        carrier: 'example-post',
      }),
      failure: 'orders-api answered 503: connection pool exhausted (20 of 20 in use, 96 waiting)',
    },
    {
      name: 'search_policy',
      thought: 'Let me check what our rules allow here.',
      args: (rng) => ({ query: rng.pick(['lost parcel', 'damaged item', 'double charge', 'size change']) }),
      result: (rng) => ({
        section: `4.${rng.whole(1, 9)}`,
        text: 'Replacement or refund within 30 days, proof by photo.',
      }),
      failure: 'search timed out after 30 s',
    },
    {
      name: 'create_refund',
      thought: 'The rule is met, so the refund can go out.',
      args: (_, { order = '', amount = '' }) => ({ order_id: order, amount_eur: Number(amount), note: 'seam torn' }),
      result: (rng) => ({ refund_id: `R-${rng.whole(1_000, 9_999)}`, state: 'queued' }),
      failure: 'refund above 200 EUR needs a note',
    },
  ],
  solved: [
    'Hello {customer}, I am sorry about that. I have set things right for order {order}; the confirmation is in your inbox. Have a good trip.',
    'Hello {customer}, a new {item} leaves our warehouse today, and the return label is attached. The ticket is closed unless you write again.',
  ],
  missed: [
    'Hello {customer}, please contact the carrier about order {order}.',
    'I refunded order {order} in full.',
    'Could you tell me your order number?',
  ],
};

import { config } from 'zod';

// Runs before anything else in the browser. Zod would try whether it may compile code from text, which the
// Content-Security-Policy forbids and the browser then reports; it checks without compiling as well.
config({ jitless: true });

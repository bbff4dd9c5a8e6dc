/** Namespace of the ids (UUID version 5, RFC 9562) that follow from what a client sends. */
export const ids = 'f2b1c9c0-3b0a-5d3e-9f6b-6d1c2f4a7e58';

/** What each field of business adds to a prompt; none is added unless a request names it. */
export const promptDomains = {
  finance:
    "In the context of personal finance: secure, confident, optimistic; growth shown by people and things, not by charts with invented figures.",
} as const;

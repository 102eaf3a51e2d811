"""The report: a ledger as one offline page, as Markdown, as LaTeX, and for continuous integration."""

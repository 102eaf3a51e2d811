"""LaTeX as TeX reads it: the files of a document, its macros, its environments and labels, and what counts as the same."""

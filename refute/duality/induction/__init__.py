"""Any number of steps at once: one step from an arbitrary state, and what follows from it after N of them."""

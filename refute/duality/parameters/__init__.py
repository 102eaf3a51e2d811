"""What stands for all values in a statement: its parameters t and m, their units and ranges, and the cases that are left."""

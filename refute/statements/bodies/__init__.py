"""What the code of a body names: nothing that is gone through once alone, nothing that answers by chance."""

"""Signs of rational functions of the parameters of a statement, exact."""

"""A second checker of proofs by duality, of the standard library alone: python -m refute.verify_proof FILE ...

It shares no code with the rest. From the file it takes the unknown vectors v_i and values F_i, where each function was asked (x, gradient, value
as combinations of them) and the claims; it builds the condition of every pair of answers itself,

    f_a - f_b - <g_b, x_a - x_b> - (|g_a - g_b|^2 + m |x_a - x_b|^2 - 2 m <g_b - g_a, x_b - x_a>)/(2 (1 - m)) >= 0,     m = mu/L, L = 1,

multiplies by the weights, and checks that what is left of the claim is a sum of squares: exactly, for all t between the ends of each part, or for all t and m of a region. Conditions that
are no such pair are hypotheses, and are printed with their forms. What an induction gives is one of them: the step is checked, and printed, and whether the steps add up to it is for the reader (or for
`refute verify`, which runs the statement again). A class by other conditions comes with them, as forms in a.x, a.g, b.x, b.g, a.f, b.f ("asks"): they are put at every pair of
answers, and printed, as is what each function answered. What it cannot know is whether the claim is the one of the statement, the class the one that is
meant, and what is called the gradient at x the gradient there: read them.
"""

from refute.verify_proof.check import check
from refute.verify_proof.polynomials import NoProof

__all__ = ["NoProof", "check"]

"""What each picture shows, and whether its data are exact, certified or float64."""

CAPTIONS = {
    "parabola-regimes": "Three regimes of gradient descent on x²/2: no change of side for h < 1, oscillation for 1 < h < 2, blow-up for h > 2. Exact.",
    "runs-away": "A function with a minimum, and an orbit of gradient descent with h L < 2 along which the gradients vanish and the iterates go to infinity. Float64.",
    "flows": "Gradient flow, the modified flow and gradient descent on x²/2. Closed forms, in float64.",
    "orbits": "All orbits of periods 2, 3 and 4 of gradient descent on (1 - xy)²/2 at h = 1.9; none attracts. Certified.",
    "limit-balance": "Limits of gradient descent on (1 - xy)²/2: the square of their imbalance against the step, with the bound 2/h - 2. Float64.",
    "convergence-region": "Starts from which gradient descent on (1 - xy)²/2 converges. Certified, start by start.",
    "gradient-norm": "The gradient's norm across the critical step of (1 - xy)²/2, with the formula. Float64.",
    "bifurcations": "Where orbits on the diagonal of (1 - xy)²/2 go, against the step. Float64.",
    "ripples": "Iterates among ripples of scale 1/1000 against the Gibbs law, for two steps. Certified trajectories.",
    "hidden-cycles": "Where orbits among ripples go at h = 3/4, against 1/ε: cycles attract at some scales (at 13 and 34 certified). Float64.",
    "outcomes-1d": "The worked example on the line: the minimum that gradient descent ends in, by start and step. Float64.",
    "trajectories-1d": "The worked example on the line: three steps from one start. Float64.",
    "trajectories-2d": "The worked example in the plane: three steps from one start. Float64.",
    "shares-2d": "The worked example in the plane: share of starts that end in the flat minimum, with a distribution-free band. Float64.",
    "loss-spikes": "Logistic regression on separable data: spikes of the loss at large steps, and its decrease in the long run. Float64.",
    "certificates": "The certificates of limits, each for a map of the line: its graph, an orbit as a cobweb, and the intervals that the certificate names. Float64.",
    "way": "The way of a statement to its verdict.",
}

"""The compiled search for a week of patrols: ruin and recreate under simulated annealing."""

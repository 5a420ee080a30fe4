"""Made-up people who cannot say who they are, and the peers our matching engine is measured against."""

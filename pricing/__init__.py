"""Public-service pricing: what a price roadmap does to budgets, the insurance fund, households, use and providers."""

__version__ = "0.1.0"

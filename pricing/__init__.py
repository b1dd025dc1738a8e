"""What a price roadmap of public services does to budgets, fund, households, use and providers."""

__version__ = "0.1.0"

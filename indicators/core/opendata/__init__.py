"""Open data of Statistics Netherlands (CBS), without a network: its answers, and what a profile makes of them."""

from .base import Base, build

EXTRA = "Base"
__all__ = ["build", EXTRA.strip()]

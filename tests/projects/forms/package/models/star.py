from .base import BaseModel as Exported
from .base import BaseModel as Unlisted

__all__ = ["Exported"]

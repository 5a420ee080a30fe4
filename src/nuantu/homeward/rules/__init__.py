"""Reading fixes, fences, and what makes an alarm: decisions over plain values."""

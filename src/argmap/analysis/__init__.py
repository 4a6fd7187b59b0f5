"""What a map means: what stands and why, what a claim rests on, who is committed to what."""

"""The front ends: the full screen, the line mode, and what both ask of a terminal."""

"""What a person sits before: the full screen, the line mode, and what both ask of a terminal."""

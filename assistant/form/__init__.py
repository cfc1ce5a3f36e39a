"""The official forms: the shape of an edition, and how one is loaded from its folder."""

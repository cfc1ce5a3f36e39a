"""From a report to finished documents: formats, verification, differences, and the one way out."""

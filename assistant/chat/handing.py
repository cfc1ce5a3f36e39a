"""Keys that come while nothing has them, in the first moments above all, are for the box."""

from textual import events
from textual.app import App

from assistant.chat.box import AnswerBox, letters_of


class Handing(App[None]):
    """An application whose box gets the letters that nothing else takes."""

    def on_key(self, event: events.Key) -> None:
        """Hand over what the box is sure to keep; anything else would come back here."""
        if self.focused is not None or not (letters_of(event) or event.key == "enter"):
            return
        for box in self.query(AnswerBox):
            if not box.read_only:
                box.post_message(event)

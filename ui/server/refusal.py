"""A request that is answered before it reaches the page."""


class RefusedError(Exception):
    """Why a request is refused: the status (RFC 9110), and a sentence that says nothing of this machine."""

    def __init__(self, status: int, sentence: str, closes: bool = False) -> None:
        """`closes`: whether nothing more is taken from the connection, where it cannot be told where a request ends."""
        super().__init__(sentence)
        self.status = status
        self.closes = closes

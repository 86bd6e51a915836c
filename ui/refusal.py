"""A request that is answered before it reaches the page."""


class RefusedError(Exception):
    """Why a request is refused: the status (RFC 9110), and a sentence that says nothing of this machine."""

    def __init__(self, status: int, sentence: str) -> None:
        super().__init__(sentence)
        self.status = status

from .read_memo import memo_of as memo_of
from .verdicts import Report as Report
from .verdicts import Verifier as Verifier

from .selection import Selection as Selection
from .write_memo import memo_bytes as memo_bytes

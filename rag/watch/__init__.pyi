from .news import News as News
from .news import fresh as fresh
from .store import WatchStore as WatchStore

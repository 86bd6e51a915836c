from .news import News as News
from .news import fresh as fresh
from .search import search as search
from .store import WatchStore as WatchStore

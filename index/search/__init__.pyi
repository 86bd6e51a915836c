from .search_index import SearchIndex as SearchIndex
from .segment import Segment as Segment

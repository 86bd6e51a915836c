from .read import read_source as read_source
from .source import Source as Source

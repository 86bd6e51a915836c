from .rank import Ranker as Ranker
from .retrieve import Retriever as Retriever

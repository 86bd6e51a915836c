from .filters import Filters as Filters
from .query import Query as Query
from .query import read_question as read_question
from .remark import Remark as Remark

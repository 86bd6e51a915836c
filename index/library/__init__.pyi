from .build import add_documents as add_documents
from .build import build_index as build_index
from .build import remove_documents as remove_documents
from .manifest import Entry as Entry
from .manifest import Manifest as Manifest
from .manifest import read_manifest as read_manifest
from .open import open_index as open_index

"""How collected static files are named: by their content, so that a browser may keep them for ever."""

from whitenoise.storage import CompressedManifestStaticFilesStorage


class HashedStatics(CompressedManifestStaticFilesStorage):
    # Without it modules would import each other by their plain names, and a module loaded under both names runs twice.
    support_js_module_import_aggregation = True

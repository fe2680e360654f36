"""政策库: the documents to browse and search, the table of measures, how long each holds."""

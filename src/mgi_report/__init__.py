"""Makes Migration Governance Indicators profiles: PDFs from YAML, Markdown, HTML and CSS."""

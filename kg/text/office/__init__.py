"""Office files (DOCX, XLSX): ZIP archives of XML parts, opened within limits."""

"""Everything anyone reads of the registry, one module a subject. Reads only: ``apply`` writes."""

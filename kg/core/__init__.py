"""What passes between the stages: documents, claims, evidence, ids. Frozen data, no input or output."""

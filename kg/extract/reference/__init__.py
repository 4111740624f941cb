"""What pronouns and descriptions stand for: phrases that refer, and the choice of their antecedents."""
